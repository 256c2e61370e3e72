// A name in the list opens a side sheet over it; without this the link opens the page of the entry.
const frame = document.querySelector("[data-drawer-frame]");

const show = async (address) => {
  const answer = await fetch(`${address}?drawer=1`, { headers: { Accept: "text/html" } });
  // Signed out, or gone meanwhile: the page itself says so better than a sheet.
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  frame.innerHTML = await answer.text();
  frame.showModal();
  frame.scrollTop = 0;
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-drawer]");
  if (!frame || !link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  show(link.pathname).catch(() => location.assign(link.href));
});

// A press on the dark beside the sheet closes it; Escape does so by itself.
frame?.addEventListener("click", (event) => {
  if (event.target === frame) frame.close();
});
