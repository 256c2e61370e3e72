// Before the first paint: the theme that this screen was last given. Dark unless it was changed.
(() => {
  let theme = "dark";
  try {
    theme = localStorage.getItem("mingcha.hall.theme") ?? theme;
  } catch {
    // A screen that may not keep anything stays dark.
  }
  document.documentElement.dataset.theme = theme;
})();
