/* Here: a warning before a session ends, and what was typed put back after signing in. Not here: keeping it (keeping.py). */
"use strict";

const WARN = 180; // seconds before the end
const SEEN = "egov-last-seen";

const kept = document.getElementById("kept");
const fill = (form, name, values) => {
  const found = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((each) => each.type !== "hidden");
  const [first] = found;
  if (!first || first.type === "file") return false;
  if (first.type === "checkbox" || first.type === "radio") found.forEach((each) => (each.checked = values.includes(each.value)));
  else if (first.multiple) [...first.options].forEach((each) => (each.selected = values.includes(each.value)));
  else if (found.length < values.length) return false;
  else found.forEach((each, at) => (each.value = values[at] ?? each.value));
  found.forEach((each) => each.dispatchEvent(new Event("input", { bubbles: true })));
  return true;
};
addEventListener("DOMContentLoaded", () => {
  if (!kept) return;
  const fields = JSON.parse(document.getElementById("kept-fields").textContent);
  const holds = (form) => Object.keys(fields).filter((name) => form.elements.namedItem(name)).length;
  const forms = [...document.querySelectorAll("main form")].filter((form) => form.method === "post");
  const asked = forms.filter((form) => new URL(form.action || location).pathname === kept.dataset.action);
  const [form] = (asked.length ? asked : forms).sort((one, other) => holds(other) - holds(one));
  if (!form) return;
  // An unticked box sends nothing: begin with none ticked.
  form.querySelectorAll("[type=checkbox]").forEach((box) => (box.checked = false));
  const left = Object.keys(fields).filter((name) => !fill(form, name, fields[name]) && !form.elements.namedItem(name));
  kept.querySelector(".put").hidden = false;
  if (!left.length) kept.querySelector("details").remove();
  else kept.querySelectorAll("dt").forEach((term) => {
    if (!left.includes(term.textContent)) [term.nextElementSibling, term].forEach((each) => each.remove());
  });
});

const idle = document.getElementById("idle");
const seen = () => {
  try { localStorage.setItem(SEEN, Date.now()); } catch { /* private windows have none */ }
  if (idle) idle.hidden = true;
};
const rested = () => {
  try { return (Date.now() - Number(localStorage.getItem(SEEN))) / 1000; } catch { return 0; }
};
seen();
document.addEventListener("htmx:afterRequest", seen);
if (idle) {
  setInterval(() => { idle.hidden = rested() < Number(idle.dataset.seconds) - WARN; }, 15000);
  idle.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch("/profile/", { method: "HEAD", redirect: "manual" });
    if (answer.ok) return seen();
    idle.querySelector("span").textContent = "已经退出登录。可以继续填写:保存时会请您重新登录,填写的内容会保留。";
  });
}
