// Follows a file that the worker is busy with: says how far it is, and loads the page again when that is over.
const place = document.querySelector("[data-progress]");
const EVERY = 1500;

async function look() {
  const answer = await fetch(place.dataset.progress, { cache: "no-store", headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { state, share, words } = await answer.json();
  if (state !== place.dataset.state) {
    location.reload();
    return;
  }
  place.querySelector("progress").value = share;
  const line = place.querySelector("[data-words]");
  if (line.textContent !== words) line.textContent = words;
}

// A lost connection is no reason to stop: the next look may find it again.
if (place) setInterval(() => look().catch(() => undefined), EVERY);
