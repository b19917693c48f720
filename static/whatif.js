/* Here: copying the address of a what-if; without this the address can be selected by hand. Not here: the answer. */
"use strict";

addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-copy]").forEach((button) => {
    const field = document.getElementById(button.dataset.copy);
    const told = button.parentElement.querySelector("[data-copied]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        told.textContent = "已复制";
      } catch {
        told.textContent = "地址已选中,请按 Ctrl+C 复制";
      }
    });
  });
});
