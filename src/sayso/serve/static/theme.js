// Light or dark: as the system has it, unless this person chose. Loaded before anything is painted.
"use strict";
{
  const root = document.documentElement;
  const chosen = localStorage.getItem("sayso-theme");
  if (chosen) root.dataset.theme = chosen;
  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-switch]");
    const dark = () => getComputedStyle(root).colorScheme === "dark" ||
      (getComputedStyle(root).colorScheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    const label = () => { button.textContent = dark() ? "Light" : "Dark"; };
    button.hidden = false;
    label();
    button.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      localStorage.setItem("sayso-theme", root.dataset.theme);
      label();
    });
  });
}
