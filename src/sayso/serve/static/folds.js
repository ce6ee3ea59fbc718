// On a small screen what can be folded begins folded: figures come before the fields that filter.
"use strict";
if (matchMedia("(max-width: 44rem)").matches) {
  for (const fold of document.querySelectorAll("details.fold")) fold.open = false;
}
