// Verifies every bundle in the folders of one folder and prints, as JSON by name, what the browser makes of each:
// {steps: {code: ok}, category, result}. `category` is the exit code that section 6 of the protocol gives.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { verifySteps } from "../../../../mingcha/web/portal/static/portal/verify/verify.js";
import { FILE_NAMES, refusals } from "../../../../mingcha/web/portal/static/portal/verify/words.js";
import { sha } from "./bundles.js";

const SAME = 0;
const DIFFERENT = 1;
const UNREADABLE = 2;
const INPUTS = ["files", "rules", "frame", "excluded", "roster", "barred", "together"];

function bundleIn(folder) {
  const files = Object.fromEntries(
    Object.keys(FILE_NAMES).map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))]),
  );
  return { files, published: JSON.parse(readFileSync(join(folder, "published.json"), "utf8")) };
}

async function verified({ files, published }) {
  const run = verifySteps(files, published);
  const steps = [];
  let turn = await run.next();
  for (; !turn.done; turn = await run.next()) steps.push(turn.value);
  return { steps, state: turn.value };
}

/** A broken promise is a difference, whereas a ceremony out of form cannot be read. */
const isBrokenPromise = ({ code, detail }, { rules }) =>
  code === "ceremony" && rules.committed.some((party) => detail === refusals.brokenCommitment(party));

function categoryOf(steps, state) {
  const failed = steps.filter((step) => step.ok === false);
  if (failed.length === 0) return SAME;
  const isUnreadable = (step) =>
    INPUTS.includes(step.code) || (step.code === "ceremony" && !isBrokenPromise(step, state));
  return failed.some(isUnreadable) ? UNREADABLE : DIFFERENT;
}

async function verdictOn(folder) {
  try {
    const { steps, state } = await verified(bundleIn(folder));
    const lines = state.staffLines ? [...state.objectLines, ...state.staffLines] : null;
    return {
      steps: Object.fromEntries(steps.map(({ code, ok }) => [code, ok])),
      category: categoryOf(steps, state),
      result: lines && sha(lines.map((line) => `${line}\n`).join("")),
    };
  } catch (error) {
    return { steps: {}, category: `crashed: ${error.stack}`, result: null };
  }
}

const [root] = process.argv.slice(2);
const verdicts = {};
for (const name of readdirSync(root)) verdicts[name] = await verdictOn(join(root, name));
process.stdout.write(JSON.stringify(verdicts));
