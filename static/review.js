/* Here: putting a chosen phrase into the text without a round trip. Not here: anything that needs a script to be done. */
"use strict";

document.querySelector("[data-opinion]")?.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=insert]");
  if (!button) return;
  event.preventDefault();
  const form = button.form;
  const phrase = form.elements[`phrase-${button.value}`];
  const text = form.elements[button.value];
  if (!phrase.value) return phrase.focus();
  text.value += phrase.value;
  phrase.value = "";
  text.focus();
});
