// Where the verification runs: a worker, so that the page stays alive, or the page itself where workers are missing.
import { openSession } from "./session.js";

const WORKER_PATIENCE_MS = 5000;

/** Turns of the event loop between slices of work, at most one in about 16 ms. */
function pacer() {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < 16) return;
    await new Promise((resolve) => { setTimeout(resolve, 0); });
    last = performance.now();
  };
}

const moduleWorker = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });

function started(makeWorker) {
  return new Promise((resolve, reject) => {
    const worker = makeWorker();
    const timer = setTimeout(() => { worker.terminate(); reject(new Error("worker is silent")); }, WORKER_PATIENCE_MS);
    worker.onerror = (event) => { clearTimeout(timer); reject(event); };
    worker.onmessage = () => { clearTimeout(timer); resolve(worker); };
  });
}

function overMessages(worker) {
  const waiting = new Map();
  let lastId = 0;
  worker.onmessage = ({ data: { id, step, value, error } }) => {
    const asked = waiting.get(id);
    if (step) return asked.onStep(step);
    waiting.delete(id);
    return error === undefined ? asked.resolve(value) : asked.reject(new Error(error));
  };
  // Without this a crash of the worker (memory) would leave the page waiting for ever.
  worker.onerror = (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message));
    waiting.clear();
  };
  const send = (ask, value, onStep) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject, onStep });
      worker.postMessage({ id: lastId, ask, value });
    });
  return { check: (value, onStep) => send("check", value, onStep), lookup: (code) => send("lookup", code) };
}

/** A session: {check(value, onStep), lookup(code)}, both promises; `place` says where it runs. */
export async function openChecker({ makeWorker = moduleWorker, session = openSession } = {}) {
  try {
    return { place: "worker", ...overMessages(await started(makeWorker)) };
  } catch {
    return { place: "page", ...session(pacer()) };
  }
}
