// What every page does with scripts on: move to the list of errors, and press each button once.
import "./stacking.js";

const PAUSE = 3000; // milliseconds; a form marked data-download is answered by a file, and its page stays
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    if ("download" in form.dataset) setTimeout(() => delete form.dataset.sent, PAUSE);
  });
}

// A page that comes back from the browser's memory may be sent again; the server refuses what was done already.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A table wider than the screen scrolls inside its frame: the keyboard must reach the frame, but only then.
const reachable = () => {
  for (const frame of document.querySelectorAll(".table-wrap")) {
    if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
    else frame.removeAttribute("tabindex");
  }
};
addEventListener("resize", reachable);
reachable();
