// A session behind messages: {id, ask: "check"|"lookup", value} in, {id, step} … {id, value} or {id, error} out.

/** Answer the page that started this worker; says once that it is there. */
export function serve(openSession) {
  const session = openSession(async () => {});
  self.onmessage = async ({ data: { id, ask, value } }) => {
    try {
      const onStep = (step) => self.postMessage({ id, step });
      self.postMessage({ id, value: await session[ask](value, onStep) });
    } catch (error) {
      self.postMessage({ id, error: String(error?.message ?? error) });
    }
  };
  self.postMessage({ ready: true });
}
