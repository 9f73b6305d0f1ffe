// The colour scheme: the reader's choice if there is one, else the system's.
// Loaded in the head, so that a page never flashes in the other scheme.
(() => {
  const root = document.documentElement;
  let chosen = null;
  try { chosen = localStorage.getItem("scheme"); } catch { /* storage is off: follow the system */ }
  if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen;

  const isDark = () =>
    root.dataset.scheme ? root.dataset.scheme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;

  addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("scheme");
    if (!button) return;
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.hidden = false;
    show();
    button.addEventListener("click", () => {
      root.dataset.scheme = isDark() ? "light" : "dark";
      try { localStorage.setItem("scheme", root.dataset.scheme); } catch { /* only for this page */ }
      show();
    });
  });
})();
