// Words that are selected in a document's text are put into the form for a claim by hand, with which
// of them they are where the text has them more than once. Without this they are typed.
"use strict";

const text = document.getElementById("text");
const form = document.querySelector("#by-hand form");
const squeezed = (words) => words.replace(/\s+/g, " ");

function places(words, whole) {
  const found = [];
  for (let at = whole.indexOf(words); at >= 0; at = whole.indexOf(words, at + words.length)) {
    found.push(at);
  }
  return found;
}

function choose() {
  const selected = getSelection();
  const words = squeezed(selected.toString()).trim();
  if (!words || !text.contains(selected.anchorNode) || !text.contains(selected.focusNode)) return;
  const range = selected.getRangeAt(0);
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const at = squeezed(before.toString()).length;
  const far = places(words, squeezed(text.textContent)).map((place) => Math.abs(place - at));
  form.elements.words.value = words;
  form.elements.which.value = far.length > 1 ? far.indexOf(Math.min(...far)) + 1 : "";
  form.closest("details").open = true;
}

if (text && form) {
  text.addEventListener("mouseup", () => setTimeout(choose));
  text.addEventListener("keyup", choose);
  document.addEventListener("selectionchange", () => {
    if (matchMedia("(pointer: coarse)").matches) choose();
  });
}
