// Keys of one letter. What a key does stands in the page: an element with data-key is clicked, or
// gets the focus if it is a field; data-does says what for. They act outside fields only and can be
// switched off (WCAG 2.2, 2.1.4). Beside them j and k go through the rows, ? lists the keys.
"use strict";
{
  const off = () => localStorage.getItem("sayso-keys") === "off";
  const shown = (element) => element.closest("details:not([open]) > :not(summary)") === null;
  const help = document.getElementById("keys");

  const list = () => {
    const rows = [["j, k", "next and last row"], ["?", "these keys"]];
    for (const element of document.querySelectorAll("main [data-key], header [data-key='/']")) {
      const key = element.dataset.key === " " ? "space" : element.dataset.key;
      rows.push([key, element.dataset.does]);
    }
    help.querySelector("dl").replaceChildren(...rows.flatMap(([key, does]) => {
      const [term, text] = [document.createElement("dt"), document.createElement("dd")];
      term.append(Object.assign(document.createElement("kbd"), { textContent: key }));
      text.textContent = does;
      return [term, text];
    }));
    help.querySelector("[data-keys-switch]").checked = !off();
    help.showModal();
  };

  const step = (by) => {
    const rows = [...document.querySelectorAll("[data-row]")];
    const at = rows.indexOf(document.activeElement);
    const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
    if (next) next.focus();
  };

  const act = (element) => {
    const closed = element.closest("details:not([open])");
    if (closed && !shown(element)) closed.open = true;
    if (element.matches("input, select, textarea")) {
      element.focus();
      if (element.select) element.select();
    } else {
      if (element.matches("summary")) element.focus();
      element.click();
    }
  };

  // What is decided about comes anew with each page: whoever works by keys is at it at once.
  if (matchMedia("(pointer: fine)").matches && !location.hash) {
    document.querySelector("[data-begin]")?.focus({ preventScroll: true });
  }

  addEventListener("keydown", (event) => {
    const field = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key === "Escape" && field) field.blur();
    if (field || help.open || event.altKey || event.metaKey || event.isComposing) return;
    let key = event.key;
    if (event.ctrlKey) {
      if (key !== "z") return;
      key = "Backspace";
    } else if (off()) {
      return;
    }
    // A button or link that has the focus keeps space and Enter for itself.
    if ((key === " " || key === "Enter") && event.target.closest("a, button, summary")) return;
    if (key === "?") list();
    else if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
    else {
      const element = [...document.querySelectorAll("[data-key]")].find((e) => e.dataset.key === key);
      if (!element) return;
      act(element);
    }
    event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("a[data-key='?']")) {
      event.preventDefault();
      list();
    }
  });
  help.querySelector("[data-keys-switch]").addEventListener("change", (event) => {
    localStorage.setItem("sayso-keys", event.target.checked ? "on" : "off");
  });
}

// The moments of an incident as a slider beside their list: both say the same.
{
  const form = document.querySelector("form[data-slider]");
  if (form) {
    const select = form.querySelector("select");
    const slider = document.createElement("input");
    const last = select.options.length - 1; // the first option is "now", which ends the slider
    const place = () => (select.selectedIndex === 0 ? last + 1 : select.selectedIndex);
    const words = () => {
      slider.setAttribute("aria-valuetext", select.options[select.selectedIndex].text);
    };
    Object.assign(slider, { type: "range", min: 1, max: last + 1, value: place() });
    slider.setAttribute("aria-label", "As of");
    slider.addEventListener("input", () => {
      select.selectedIndex = slider.value > last ? 0 : slider.value;
      words();
    });
    select.addEventListener("change", () => { slider.value = place(); words(); });
    words();
    form.querySelector("label").after(slider);
    form.querySelector("button").hidden = true;
  }
}
