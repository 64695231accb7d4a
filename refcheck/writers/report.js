"use strict";
(() => {
  const cards = new Map([...document.querySelectorAll("details.card")].map((card) => [card.id, card]));
  const rows = [...document.querySelectorAll("li[data-for]")].map((row) => ({
    row, card: cards.get(row.dataset.for), words: row.textContent.toLowerCase(),
  }));
  const form = document.getElementById("filters");
  const words = document.getElementById("words");
  const rule = document.getElementById("rule");
  const only = document.getElementById("only");
  const count = document.getElementById("count");
  const states = [...form.querySelectorAll("input[name=state]")];

  const groups = [...document.querySelectorAll("details.group")];

  function filter() {
    const wanted = new Set(states.filter((box) => box.checked).map((box) => box.value));
    const sought = words.value.trim().toLowerCase().split(/\s+/);
    let shown = 0;
    for (const { row, card, words: text } of rows) {
      const match = wanted.has(card.dataset.state) && (!rule || !rule.value || rule.value === card.dataset.rule) && sought.every((word) => text.includes(word));
      row.hidden = card.hidden = !match;
      shown += match;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector("li:not([hidden])");
      if (words.value.trim()) group.open = true;
    }
    document.body.classList.toggle("only", only.checked);
    count.textContent = shown === rows.length ? "" : `${shown} of ${rows.length} shown`;
  }

  function openAll(open) {
    for (const card of cards.values()) card.open = open;
  }

  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const card = target && target.closest("details.card");
    if (!card) return;
    card.hidden = false;
    card.open = true;
    card.scrollIntoView({ block: "start" });
    card.querySelector("summary").focus({ preventScroll: true });
  }

  function step(by) {
    const shown = [...cards.values()].filter((card) => !card.hidden);
    if (!shown.length) return;
    const here = document.activeElement && document.activeElement.closest("details.card");
    const at = here ? shown.indexOf(here) : by > 0 ? -1 : 0;
    const next = shown[(at + by + shown.length) % shown.length];
    next.open = true;
    next.scrollIntoView({ block: "start" });
    next.querySelector("summary").focus({ preventScroll: true });
  }

  async function copy(button) {
    const code = button.previousElementSibling;
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  document.getElementById("open-all").addEventListener("click", () => openAll(true));
  document.getElementById("close-all").addEventListener("click", () => openAll(false));
  for (const button of document.querySelectorAll("button.copy")) button.hidden = false;
  document.addEventListener("click", (event) => {
    if (event.target.matches("button.copy")) copy(event.target);
    const link = event.target.closest('a[href^="#f"]');
    if (link && link.hash === location.hash) reveal();
  });
  addEventListener("hashchange", reveal);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target === words) words.blur();
    const typing = event.target.matches("input:not([type=checkbox]), select");
    if (!document.getElementById("keys").checked || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    const act = { j: () => step(1), k: () => step(-1), "/": () => words.focus() }[event.key];
    if (act) { act(); event.preventDefault(); }
  });

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:is(.card, .group):not([open])")];
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of closed) one.open = false; });
  reveal();
})();
