// Small comforts of the systems list; everything works without them.
(() => {
  // Empty fields and the usual order do not belong into an address.
  document.addEventListener("htmx:configRequest", (event) => {
    const { parameters, verb } = event.detail;
    if (verb !== "get") return;
    for (const name of new Set(parameters.keys?.() ?? [])) {
      const values = parameters.getAll(name).filter((value) => value !== "");
      parameters.delete(name);
      const usual = document.querySelector(`select[name="${name}"][data-usual]`)?.dataset.usual;
      values.filter((value) => value !== usual).forEach((value) => parameters.append(name, value));
    }
  });

  // Groups that the reader opened or closed stay so when the list is renewed.
  const states = new Map();
  document.addEventListener("htmx:beforeSwap", () => {
    document.querySelectorAll("#browse details[id]").forEach((item) => states.set(item.id, item.open));
  });
  const restore = () => states.forEach((open, id) => {
    const item = document.getElementById(id);
    if (item) item.open = open;
  });
  document.addEventListener("htmx:afterSwap", restore);

  // On a phone the filters start closed; without scripts they are open.
  addEventListener("DOMContentLoaded", () => {
    const panel = document.getElementById("panel");
    if (panel && matchMedia("(max-width: 60rem)").matches) panel.open = false;
  });

  // The button to compare says how many are ticked.
  document.addEventListener("change", (event) => {
    if (event.target.name !== "s" || event.target.type !== "checkbox") return;
    const ticked = document.querySelectorAll('input[name="s"]:checked').length;
    const output = document.getElementById("ticked");
    if (output) output.textContent = ticked ? `(${ticked})` : "";
  });
})();
