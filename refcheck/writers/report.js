"use strict";
(() => {
  const cards = new Map([...document.querySelectorAll("details.card")].map((card) => [card.id, card]));
  const rows = [...document.querySelectorAll("li[data-for]")].map((row) => ({
    row, card: cards.get(row.dataset.for), words: row.textContent.toLowerCase(),
  }));
  const form = document.getElementById("filters");
  const words = document.getElementById("words");
  const only = document.getElementById("only");
  const count = document.getElementById("count");
  const states = [...form.querySelectorAll("input[name=state]")];

  function filter() {
    const wanted = new Set(states.filter((box) => box.checked).map((box) => box.value));
    const sought = words.value.trim().toLowerCase().split(/\s+/);
    let shown = 0;
    for (const { row, card, words: text } of rows) {
      const match = wanted.has(card.dataset.state) && sought.every((word) => text.includes(word));
      row.hidden = card.hidden = !match;
      shown += match;
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

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details.card:not([open])")];
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of closed) one.open = false; });
  reveal();
})();
