/* Here: what every page may use: nothing here is needed to file, decide or read. Not here: one page's own behaviour. */
"use strict";

/* A refused form (400, 409) is part of the page: show it like any other answer. */
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([400, 409].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

/* A second press of the same button sends nothing twice. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("data-hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  else form.dataset.sent = "yes";
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

/* A table of rows grows without asking the server. */
document.addEventListener("click", (event) => {
  const table = event.target.closest("[data-add-row]")?.closest("[data-lines]");
  if (!table) return;
  event.preventDefault();
  const body = table.querySelector("tbody");
  const at = body.rows.length;
  body.append(table.querySelector("template").content.cloneNode(true));
  for (const each of body.lastElementChild.querySelectorAll("[name]")) {
    for (const name of ["name", "id"]) each.setAttribute(name, each.getAttribute(name)?.replace("__n__", at) ?? "");
    each.setAttribute("aria-label", each.getAttribute("aria-label").replace("__n__", at + 1));
  }
  body.lastElementChild.querySelector("input, select, textarea").focus();
});

/* What went wrong is read out and seen first. */
addEventListener("DOMContentLoaded", () => document.querySelector("[role=alert][tabindex]")?.focus());

/* On paper everything is unfolded; a 打印 button is offered where the browser can. */
const folded = new Set();
addEventListener("beforeprint", () => document.querySelectorAll("details:not([open])").forEach((each) => { folded.add(each); each.open = true; }));
addEventListener("afterprint", () => { folded.forEach((each) => { each.open = false; }); folded.clear(); });
addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
}));
