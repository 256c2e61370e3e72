// Follows a draw: asks every three seconds whether anything has happened and then loads the page again.
// Without it the page works too, by its own button. Whoever is typing is not interrupted.
const PAUSE = 3000;
const script = document.querySelector("script[data-follow]");

const typing = () =>
  [...document.querySelectorAll("input:not([type=hidden]), textarea")].some(
    (field) => field === document.activeElement || (field.value ?? "") !== (field.defaultValue ?? ""),
  );

async function look() {
  if (document.hidden) return;
  const answer = await fetch(script.dataset.follow, {
    cache: "no-store",
    headers: { "If-None-Match": `"${script.dataset.mark}"` },
  });
  if (answer.status !== 200) return;
  const { mark } = await answer.json();
  if (mark !== script.dataset.mark && !typing()) location.reload();
}

// A lost network is not a fault of the draw: the next look tries again.
if (script) setInterval(() => look().catch(() => undefined), PAUSE);
