/* Here: the filing workspace with a script: saving while typing, rows, sums, dropping files. Not here: any check of what
   is typed, which the server makes; without this file every section works by its buttons. */
"use strict";

const form = document.getElementById("section");
const status_line = document.getElementById("saved");
const PAUSE = 1200;
let typed = 0; // when the page was last typed in
let stored = 0; // the moment of typing up to which the server has everything
let timer = null;
let flight = null;
let leaving = false;

/* ---- saving while typing ------------------------------------------------------------------------------------------ */

const tell = (text) => { status_line.textContent = text; };
const dirty = () => form && typed > stored;

function touched() {
  typed = Math.max(typed + 1, Date.now());
  form.elements.typed_at.value = typed;
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
}

function letter() {
  const data = new FormData(form);
  data.set("autosave", "1");
  return data;
}

/* One at a time, so that an older text never arrives after a newer one; the server drops it if it does. */
async function save() {
  clearTimeout(timer);
  while (flight) await flight;
  if (!dirty() || leaving) return;
  const upto = typed;
  flight = send(upto).finally(() => { flight = null; });
  await flight;
}

async function send(upto) {
  try {
    const answer = await fetch(form.action, { method: "POST", body: letter(), headers: { Accept: "application/json" } });
    if (answer.redirected) return tell("没有保存:登录已过期。输入的内容还在本页,请在另一个窗口登录后再保存");
    const data = await answer.json();
    if (data.problem) return tell(`没有保存:${data.problem}`);
    stored = Math.max(stored, upto);
    show(data);
  } catch {
    tell("没有保存上,输入的内容还在本页;网络恢复后会再试");
    timer = setTimeout(save, PAUSE * 5);
  }
}

function show(data) {
  for (const input of form.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    const row = input.closest("tr");
    if (input.name && !(row && row.contains(document.activeElement))) mark(input, data.errors[input.name]);
  }
  document.getElementById("owed").innerHTML = data.owed; // a part of our own page, escaped by the server
  const left = Object.keys(data.errors).length;
  tell(`已自动保存 ${data.saved}${left ? `,其中 ${left} 处还看不懂,已照原样保留` : ""}`);
  for (const [section, text] of Object.entries(data.points)) {
    const place = document.querySelector(`[data-section="${section}"]`);
    if (place && text !== null && place.innerText.trim() !== text) place.textContent = text;
  }
}

/* The error stands at the field it is about, and goes when it is mended. */
function mark(input, messages) {
  const box = input.closest(".cell, .field");
  if (!box || (input.closest("[data-table]") && box.matches("[data-table]"))) return;
  box.querySelectorAll(":scope > .err, fieldset > .err").forEach((each) => each.remove());
  box.classList.toggle("wrong", Boolean(messages));
  input.toggleAttribute("aria-invalid", Boolean(messages));
  if (!messages) return;
  const text = document.createElement("p");
  text.className = "err";
  text.id = `${input.id}_error`;
  text.textContent = messages.join(" ");
  box.append(text);
}

if (form) {
  form.elements.tab.value = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  form.addEventListener("input", (event) => {
    if (event.target.name && !event.target.name.startsWith("paste_")) touched();
  });
  form.addEventListener("submit", () => {
    leaving = true;
    typed = Math.max(typed + 1, Date.now());
    form.elements.typed_at.value = typed;
    stored = typed;
  });
  /* Going elsewhere waits for what is typed. */
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const plain = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (!link || !plain || link.getAttribute("href").startsWith("#") || !(dirty() || flight)) return;
    event.preventDefault();
    await save();
    if (!dirty() || confirm("刚才输入的内容还没有保存上。确定离开本页吗?")) location.href = link.href;
  });
  addEventListener("pagehide", () => {
    if (dirty() && !leaving) fetch(form.action, { method: "POST", body: letter(), keepalive: true });
  });
  addEventListener("pageshow", (event) => { if (event.persisted) leaving = false; });
}

/* ---- tables: rows, sums, pasting ---------------------------------------------------------------------------------- */

/* Yuan as written → fen; null when empty, undefined when it cannot be read. */
function fen(text) {
  let plain = text.normalize("NFKC").trim();
  if (!plain) return null;
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) plain = plain.replaceAll(",", "");
  const found = /^(\d+)(?:\.(\d{1,2}))?$/.exec(plain);
  return found ? BigInt(found[1]) * 100n + BigInt((found[2] || "").padEnd(2, "0")) : undefined;
}

function written(amount) {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, "0");
  return `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")}.${digits.slice(-2)}`;
}

const cell = (row, column) => row.querySelector(`[data-column="${column}"]`);

/* Quantity × unit price, rounded to the fen as the server does (half to even). */
function product(row) {
  const [count, price] = ["quantity", "unit_price"].map((column) => cell(row, column) && fen(cell(row, column).value));
  if (typeof count !== "bigint" || typeof price !== "bigint") return null;
  const whole = (count * price) / 100n;
  const rest = (count * price) % 100n;
  return rest > 50n || (rest === 50n && whole % 2n === 1n) ? whole + 1n : whole;
}

/* An amount nobody typed follows quantity and price. */
function propose(row) {
  const amount = cell(row, "amount");
  const found = product(row);
  if (found === null || (amount.value && amount.value !== amount.dataset.proposed)) return;
  amount.value = amount.dataset.proposed = written(found);
}

function sum(table) {
  const line = table.querySelector("[data-sum]");
  let total = 0n;
  let unread = 0;
  for (const row of table.querySelectorAll("tbody tr")) {
    const amount = fen(cell(row, "amount").value);
    if (amount === undefined) unread += 1;
    else total += amount ?? 0n;
    const wanted = product(row);
    row.classList.toggle("uneven", wanted !== null && typeof amount === "bigint" && amount !== wanted);
    cell(row, "amount").title = row.classList.contains("uneven") ? `数量×单价是 ${written(wanted)}` : "";
  }
  const parts = [unread ? `有 ${unread} 行金额看不懂,合计不含这些行。` : "", `合计 ${written(total)} 元`, against(table, total)];
  line.textContent = parts.join("");
  line.classList.toggle("off", parts[2].includes("相差"));
}

function against(table, total) {
  const declared = document.getElementById("id_declared_total");
  const amount = table.dataset.table === "estimate" && declared ? fen(declared.value) : null;
  if (typeof amount !== "bigint") return "";
  return amount === total ? " · 与申报概算一致" : ` · 与申报概算相差 ${written(amount - total)} 元`;
}

function add(table) {
  const body = table.querySelector("tbody");
  const next = Math.max(-1, ...[...body.querySelectorAll("[name]")].map((each) => Number(each.name.split("-")[1] ?? -1))) + 1;
  const row = table.querySelector("template").content.cloneNode(true);
  for (const each of row.querySelectorAll("[name], [value]")) {
    for (const attribute of ["name", "id", "value"]) {
      if (each.getAttribute(attribute)?.includes("__n__")) each.setAttribute(attribute, each.getAttribute(attribute).replace("__n__", next));
    }
  }
  body.append(row);
  body.lastElementChild.querySelector("input").focus();
}

function drop(table, row) {
  if (table.querySelectorAll("tbody tr").length === 1) add(table);
  const near = row.nextElementSibling || row.previousElementSibling;
  row.remove();
  near?.querySelector("input")?.focus();
  sum(table);
  touched();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add], [data-drop]");
  if (!button) return;
  event.preventDefault();
  const table = button.closest("[data-table]");
  if (button.hasAttribute("data-add")) add(table);
  else drop(table, button.closest("tr"));
});

document.addEventListener("input", (event) => {
  const table = event.target.closest("[data-table]");
  if (table && ["quantity", "unit_price"].includes(event.target.dataset.column) && cell(event.target.closest("tr"), "quantity"))
    propose(event.target.closest("tr"));
  if (table && event.target.dataset.column) sum(table);
  if (event.target.id === "id_declared_total") document.querySelectorAll("[data-table]").forEach(sum);
});

/* Several cells copied from a spreadsheet go through the paste box, so that one place reads them. */
document.addEventListener("paste", (event) => {
  const table = event.target.closest("tbody")?.closest("[data-table]");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!table || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  table.querySelector("textarea[name^=paste_]").value = text;
  table.querySelector("[data-paste]").click();
});

document.addEventListener("htmx:configRequest", (event) => {
  if (!event.target.matches?.("[data-paste]")) return;
  clearTimeout(timer);
  typed = Math.max(typed + 1, Date.now());
  stored = typed;
  event.detail.parameters.typed_at = typed;
});
document.addEventListener("htmx:afterSettle", (event) => {
  document.querySelectorAll("[data-table]").forEach(sum);
  event.target.querySelector?.("[role=alert]")?.focus();
});

/* ---- files -------------------------------------------------------------------------------------------------------- */

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.("[data-upload]");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("over", kind === "dragover");
    if (kind !== "drop" || !event.dataTransfer.files.length) return;
    zone.elements.file.files = event.dataTransfer.files;
    zone.requestSubmit();
  });
}
document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector?.("progress");
  if (!bar || !event.detail.lengthComputable) return;
  bar.hidden = false;
  bar.value = (100 * event.detail.loaded) / event.detail.total;
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 413) event.detail.shouldSwap = true;
});
