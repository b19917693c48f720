/* Here: J and K move through the inbox, Enter opens; how many rows are chosen. Not here: anything needed to work it off. */
"use strict";

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const links = [...document.querySelectorAll("#inbox tbody [data-open]")];
  const step = { j: 1, k: -1 }[event.key.toLowerCase()];
  if (!step || !links.length) return;
  const at = links.indexOf(document.activeElement);
  links[Math.min(Math.max(at + step, 0), links.length - 1)].focus();
  event.preventDefault();
});

const many = document.querySelector("[data-many]");

function chosen() {
  const boxes = [...many.querySelectorAll("input[type=checkbox]:checked")];
  many.querySelector("[data-chosen]").textContent = boxes.length ? `已选 ${boxes.length} 件` : "";
  const names = new Set(boxes.map((box) => box.dataset.name));
  if (names.size === 1) many.querySelector("select").value = [...names][0];
}

if (many) {
  many.addEventListener("change", (event) => {
    if (event.target.matches("input[type=checkbox]")) chosen();
  });
  addEventListener("pageshow", chosen);
}
