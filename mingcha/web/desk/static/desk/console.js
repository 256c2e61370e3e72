// The console's clock, and one more look when somebody's phone has kept the room waiting: nothing else would load it.
// The server says how long it has been; this machine's own clock may be wrong and is asked for differences only.
import { loadAgain } from "../ceremony/reload.js";

const SECOND = 1000;
const clock = document.querySelector("[data-elapsed]");
const again = document.querySelector("[data-look-again]");
const loaded = performance.now();

function tick() {
  const seconds = Number(clock.dataset.elapsed) + (performance.now() - loaded) / SECOND;
  clock.textContent = String(Math.floor(seconds / 60));
}

function look() {
  if (!loadAgain()) setTimeout(look, 5 * SECOND);
}

if (clock) setInterval(tick, 5 * SECOND);
if (again) setTimeout(look, (Number(again.dataset.lookAgain) + 1) * SECOND);
