// One verification and the questions asked after it; runs in a worker or, failing that, in the page itself.
import { whyOf } from "./tickets.js";
import { verifySteps } from "./verify.js";
import { verdicts } from "./words.js";

const outcomeOf = (steps) => {
  const broken = steps.find((step) => step.ok === false);
  if (broken) return { ok: false, sentence: verdicts.differs(broken.title) };
  const open = steps.find((step) => step.ok === null);
  if (open) return { ok: null, sentence: verdicts.uncompared(open.title) };
  return { ok: true, sentence: verdicts.held(steps.length) };
};

export function openSession(breathe) {
  let state = null;
  return {
    /** Verify; `onStep` is told each step as it is done. Gives {ok, sentence}. */
    async check({ files, published, troubles }, onStep) {
      const run = verifySteps(files, published, { troubles, breathe });
      const steps = [];
      let turn = await run.next();
      for (; !turn.done; turn = await run.next()) {
        steps.push(turn.value);
        onStep(turn.value);
      }
      state = turn.value;
      return outcomeOf(steps);
    },

    /** The answer for one code, from what this browser computed; null when it could not compute that far. */
    async lookup(code) {
      return state?.drawing ? whyOf(code, state) : null;
    },
  };
}
