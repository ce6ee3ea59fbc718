// On a small screen what can be folded begins folded: figures come before the fields that filter. A
// menu folds again when one is done with it: by Escape, by a click elsewhere, or by what it offers.
"use strict";
if (matchMedia("(max-width: 44rem)").matches) {
  for (const fold of document.querySelectorAll("details.fold")) fold.open = false;
}
addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target) || event.target.closest("a")) menu.open = false;
  }
});
