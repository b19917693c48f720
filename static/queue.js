/* Here: moving in the review queue by keyboard or buttons, choosing rows. Not here: anything that needs a script to be done. */
"use strict";

const rows = [...document.querySelectorAll("[data-row]")];
const keys = document.querySelector("[data-keys]");
const KEYS = { j: "next", k: "before", x: "select", "?": "help" };
let at = -1;

function go(to) {
  if (!rows[to]) return;
  rows[at]?.removeAttribute("aria-current");
  at = to;
  rows[at].setAttribute("aria-current", "true");
  rows[at].querySelector("[data-open]").focus();
}

function chosen() {
  const boxes = [...document.querySelectorAll("[data-row] input[type=checkbox]")];
  const number = boxes.filter((box) => box.checked).length;
  const shown = document.querySelector("[data-chosen]");
  if (shown) shown.textContent = number ? `已选 ${number} 件` : "";
  const all = document.querySelector("[data-all]");
  if (all) all.checked = boxes.length > 0 && number === boxes.length;
}

const DO = {
  next: () => go(Math.min(at + 1, rows.length - 1)),
  before: () => go(Math.max(at - 1, 0)),
  open: () => (rows[at] || rows[0])?.querySelector("[data-open]").click(),
  select: () => {
    const box = rows[at]?.querySelector("input[type=checkbox]");
    if (box) box.checked = !box.checked;
    chosen();
  },
  help: () => {
    const help = document.getElementById("keys-help");
    help.hidden = !help.hidden;
    keys.querySelector("[data-do=help]").setAttribute("aria-expanded", String(!help.hidden));
  },
};

if (keys) {
  const on = keys.querySelector("[data-on]");
  keys.hidden = false;
  on.checked = localStorage.getItem("queue-keys") !== "off";
  on.addEventListener("change", () => localStorage.setItem("queue-keys", on.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !on.checked) return;
    const what = KEYS[event.key.toLowerCase()];
    if (what) {
      event.preventDefault();
      DO[what]();
    }
  });
  keys.addEventListener("click", (event) => DO[event.target.closest("[data-do]")?.dataset.do]?.());
  rows.forEach((row, place) => row.addEventListener("focusin", () => {
    rows[at]?.removeAttribute("aria-current");
    at = place;
    row.setAttribute("aria-current", "true");
  }));
  document.querySelector("[data-queue]").addEventListener("change", (event) => {
    if (event.target.matches("[data-all]")) {
      document.querySelectorAll("[data-row] input[type=checkbox]").forEach((box) => { box.checked = event.target.checked; });
    }
    chosen();
  });
  document.querySelector("[data-all]")?.removeAttribute("hidden");
  addEventListener("pageshow", chosen);
}
