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
