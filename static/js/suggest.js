// Suggestions below a search field while somebody types: an ARIA combobox with a list.
// Without scripts the field is a search field, and its form finds the same.
(() => {
  const PAUSE = 120;

  document.querySelectorAll("input[data-suggest]").forEach((input, place) => {
    const list = document.createElement("ul");
    list.id = `suggestions-${place}`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggestLabel);
    input.after(list);
    input.type = "text";
    input.inputMode = "search";
    input.autocomplete = "off";
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);

    let timer = 0;
    let asked = null;
    let active = -1;

    const choose = (number) => {
      active = number;
      [...list.children].forEach((item, at) => item.setAttribute("aria-selected", at === number));
      if (number < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", list.children[number].id);
      list.children[number]?.scrollIntoView({ block: "nearest" });
    };

    const show = (open) => {
      list.hidden = !open;
      input.setAttribute("aria-expanded", open);
      choose(-1);
    };

    const fill = ([, names, kinds, addresses]) => {
      list.replaceChildren(...names.map((name, at) => {
        const item = document.createElement("li");
        const kind = document.createElement("span");
        item.id = `${list.id}-${at}`;
        item.setAttribute("role", "option");
        item.dataset.address = addresses[at];
        kind.className = "quiet small";
        kind.textContent = kinds[at];
        item.append(name, " ", kind);
        return item;
      }));
      show(names.length > 0 && document.activeElement === input);
    };

    const ask = async () => {
      asked?.abort();
      const text = input.value.trim();
      if (!text) return show(false);
      asked = new AbortController();
      try {
        const address = `${input.dataset.suggest}?q=${encodeURIComponent(text.slice(0, 60))}`;
        const answer = await fetch(address, { signal: asked.signal });
        if (answer.ok) fill(await answer.json());
      } catch { /* given up for a later letter, or no network: the form still works */ }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    input.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (list.hidden) return;
      if (step) {
        event.preventDefault();
        const places = list.children.length + 1;  // the field itself is one of them
        choose((active + 1 + step + places) % places - 1);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        location.assign(list.children[active].dataset.address);
      } else if (event.key === "Escape") {
        event.preventDefault();
        show(false);
      }
    });
    input.addEventListener("blur", () => show(false));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) location.assign(item.dataset.address);
    });
  });
})();
