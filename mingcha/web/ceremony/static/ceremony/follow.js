// Follows a draw. A page with named parts takes over what is new without losing what somebody types (`data-page`);
// any other page loads again, unless somebody is typing. Without this script both work by their own button.
import { renew } from "./parts.js";
import { lookout, repeat } from "./poll.js";
import { loadAgain } from "./reload.js";

const script = document.querySelector("script[data-follow]");
const lostLine = document.querySelector("[data-lost]");

const show = (line, shown) => {
  if (line) line.hidden = !shown;
};

async function takeOver(page) {
  const answer = await fetch(page, { cache: "no-store" });
  if (!answer.ok) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  renew(document.querySelector("main"), fresh.querySelector("main"));
  document.title = fresh.title;
  document.dispatchEvent(new Event("ceremony:renewed"));
  return true;
}

function changed() {
  if (script.dataset.page) return takeOver(script.dataset.page).catch(() => false);
  loadAgain();
  return false;
}

if (script) {
  const look = lookout(script.dataset.follow, {
    mark: script.dataset.mark,
    since: Number(script.dataset.since),
    changed,
    synced: () => show(lostLine, false),
    lost: () => show(lostLine, true),
  });
  repeat(look);
}
