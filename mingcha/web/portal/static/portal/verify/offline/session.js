// A verification of what the visitor chose: open the bundle, then the same steps as on the portal.
import { openSession } from "../session.js";
import { Refusal } from "../tables.js";
import { openBundle } from "./bundle.js";
import { notes } from "./words.js";

const notesOn = ({ files, hasRecord, extra }) => [
  files["signatures.json"] ? "" : notes.signaturesAbsent,
  hasRecord ? notes.recordPresent : notes.recordAbsent,
  extra.length > 0 ? notes.extra(extra) : "",
].filter(Boolean);

export function openOfflineSession(breathe) {
  const session = openSession(breathe, { differs: notes.differs, uncompared: () => notes.uncompared });
  return {
    lookup: session.lookup,

    /** As a session's `check`, but from chosen files; gives also `notes`, and `unreadable` for what is no bundle. */
    async check({ chosen, published }, onStep) {
      try {
        const bundle = await openBundle(chosen);
        return { ...(await session.check({ files: bundle.files, published }, onStep)), notes: notesOn(bundle) };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        session.forget();
        return { ok: false, unreadable: true, sentence: notes.unreadable(error.message), facts: {}, notes: [] };
      }
    },
  };
}
