/* Here: names offered after an @ in a remark. Not here: who is told (the server reads the text). */
"use strict";

addEventListener("DOMContentLoaded", () => {
  const text = document.querySelector("textarea[data-names]");
  const names = [...(document.getElementById(text?.dataset.names)?.options ?? [])].map((option) => option.value);
  const offer = document.getElementById("comment-suggestions");
  if (!text || !offer) return;
  const show = () => {
    const [, begun] = /[@＠]([^@＠\s]{0,20})$/.exec(text.value.slice(0, text.selectionStart)) ?? [];
    const fitting = begun === undefined ? [] : names.filter((name) => name.includes(begun) && name !== begun).slice(0, 6);
    offer.replaceChildren(...fitting.map((name) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "small", textContent: `@${name}` });
      button.addEventListener("click", () => {
        const at = text.selectionStart;
        text.setRangeText(`${name} `, at - begun.length, at, "end");
        offer.replaceChildren();
        text.focus();
      });
      return button;
    }));
  };
  text.addEventListener("input", show);
});
