/* Here: looking at a document without leaving the page. Not here: which documents can be looked at (the server says). */
"use strict";

/* Without this file, or with a modifier key, the link opens the preview in a tab of its own. */
const opened = () => {
  const dialog = document.createElement("dialog");
  dialog.id = "preview";
  dialog.setAttribute("aria-labelledby", "preview-title");
  const inside = document.createElement("div");
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "关闭";
  close.addEventListener("click", () => dialog.close());
  dialog.append(close, inside);
  dialog.addEventListener("close", () => inside.replaceChildren());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  return dialog;
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-preview]");
  if (!link || !window.htmx || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const dialog = document.getElementById("preview") || opened();
  htmx.ajax("GET", link.href, { target: dialog.lastChild, swap: "innerHTML" }).then(() => {
    if (dialog.querySelector("#preview-title")) dialog.showModal();
    else location.assign(link.href);
  });
});
