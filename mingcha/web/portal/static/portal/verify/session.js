// One verification and the questions asked after it; runs in a worker or, failing that, in the page itself.
import { whyOf } from "./tickets.js";
import { verifySteps } from "./verify.js";
import { verdicts } from "./words.js";

const outcomeOf = (steps, words) => {
  const broken = steps.find((step) => step.ok === false);
  if (broken) return { ok: false, sentence: words.differs(broken.title) };
  const open = steps.find((step) => step.ok === null);
  if (open) return { ok: null, sentence: words.uncompared(open.title) };
  return { ok: true, sentence: words.held(steps.length) };
};

/** What a page may print above the steps; whatever could not be computed is absent. */
const factsOf = ({ rules, rulesDigest, freeze }) => ({ draw: rules?.draw, title: rules?.title, rulesDigest, freeze });

/** `words` may say the verdict in other words than the portal's. */
export function openSession(breathe, words = {}) {
  let state = null;
  return {
    /** Verify; `onStep` is told each step as it is done. Gives {ok, sentence, facts}. */
    async check({ files, published, troubles }, onStep) {
      const run = verifySteps(files, published, { troubles, breathe });
      const steps = [];
      let turn = await run.next();
      for (; !turn.done; turn = await run.next()) {
        steps.push(turn.value);
        onStep(turn.value);
      }
      state = turn.value;
      return { ...outcomeOf(steps, { ...verdicts, ...words }), facts: factsOf(state) };
    },

    /** Answer nothing more about what was checked before. */
    forget() {
      state = null;
    },

    /** The answer for one code, from what this browser computed; null when it could not compute that far. */
    async lookup(code) {
      return state?.drawing ? whyOf(code, state) : null;
    },
  };
}
