// Seconds for a whole verification, in Node and in Chromium:  node --import ./register.js measure.js ROWS TAKE PEOPLE
import { verifySteps } from "../../../../mingcha/web/portal/static/portal/verify/verify.js";
import { visit } from "./browser.js";
import { largeBundle } from "./large_bundle.js";

const [rows, take, people] = process.argv.slice(2).map(Number);
const bundle = await largeBundle({ rows, take, people });
const began = performance.now();
let last = began;
for await (const { code, ok } of verifySteps(bundle.files, bundle.published)) {
  console.log(`node ${code} ${ok} ${Math.round(performance.now() - last)} ms`);
  last = performance.now();
}
console.log(`node total ${Math.round(last - began)} ms`);
for (const workers of [true, false]) {
  const report = await visit(bundle, { workers });
  const place = workers ? "worker" : "page";
  console.log(`chromium ${place} ${report.ok} ${Math.round(report.elapsed)} ms, ${report.beats} beats of 20 ms`);
}
