import assert from "node:assert/strict";
import { test } from "node:test";

import { lookout } from "../../../../mingcha/web/ceremony/static/ceremony/poll.js";

/** A server that gives these answers in turn and notes what it was asked with. */
function server(...answers) {
  const asked = [];
  const ask = async (_address, { headers }) => {
    asked.push(headers["If-None-Match"] ?? null);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { ask, asked };
}

const fresh = (mark, read_at = 0) => ({ status: 200, json: async () => ({ mark, read_at }) });
const same = { status: 304 };

function watched(ask, taken = () => true, shown = {}) {
  const seen = [];
  const look = lookout("/state/", {
    ...shown,
    ask,
    changed: (document) => {
      seen.push(document.mark);
      return taken(document);
    },
    synced: () => seen.push("synced"),
    lost: () => seen.push("lost"),
  });
  return { look, seen };
}

test("a new mark is told once and then asked with", async () => {
  const { ask, asked } = server(fresh("a"), same, fresh("b"));
  const { look, seen } = watched(ask);
  await look();
  await look();
  await look();
  assert.deepEqual(asked, [null, '"a"', '"a"']);
  assert.deepEqual(seen, ["synced", "a", "synced", "synced", "b"]);
});

test("what was not taken up is told again", async () => {
  const { ask, asked } = server(fresh("a"), fresh("a"));
  let ready = false;
  const { look, seen } = watched(ask, () => ready);
  await look();
  ready = true;
  await look();
  assert.deepEqual(asked, [null, null]);
  assert.deepEqual(seen, ["synced", "a", "synced", "a"]);
});

test("a lost network and a broken server are said, and the next answer mends it", async () => {
  const { ask } = server(new TypeError("offline"), { status: 502 }, fresh("a"));
  const { look, seen } = watched(ask);
  await look();
  await look();
  await look();
  assert.deepEqual(seen, ["lost", "lost", "synced", "a"]);
});

test("half an answer counts as lost", async () => {
  const { ask } = server({ status: 200, json: async () => { throw new SyntaxError("cut"); } });
  const { look, seen } = watched(ask);
  await look();
  assert.deepEqual(seen, ["lost"]);
});

test("an answer that was read before the page was made changes nothing, however often it comes", async () => {
  const { ask, asked } = server(fresh("before", 9), fresh("before", 9), fresh("after", 11));
  const { look, seen } = watched(ask, () => true, { mark: "page", since: 10 });
  await look();
  await look();
  await look();
  assert.deepEqual(asked, ['"page"', '"page"', '"page"']);
  assert.deepEqual(seen, ["synced", "synced", "synced", "after"]);
});

test("no screen goes back to what another process had kept", async () => {
  const { ask } = server(fresh("second", 12), fresh("first", 11), fresh("third", 13));
  const { look, seen } = watched(ask);
  await look();
  await look();
  await look();
  assert.deepEqual(seen, ["synced", "second", "synced", "synced", "third"]);
});
