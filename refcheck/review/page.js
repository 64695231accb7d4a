"use strict";
(() => {
  const token = new URLSearchParams(location.search).get("token") || "";
  const $ = (id) => document.getElementById(id);
  const narrow = matchMedia("(max-width: 64rem)");
  const findings = new Map();
  const marks = new Map();
  let order = [];
  let current = null;
  let editing = null;
  let searching = 0;
  const opened = new Set();

  for (const mark of document.querySelectorAll("button.mark")) {
    const id = mark.dataset.finding;
    marks.set(id, [...(marks.get(id) || []), mark]);
    mark.addEventListener("click", () => show(id, false));
  }

  /* Everything is put in as text: nothing of what sources say is ever read as HTML. */
  function make(tag, properties, ...children) {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(properties || {})) {
      if (key === "onclick") node.addEventListener("click", value);
      else if (key === "class") node.className = value;
      else if (value !== false && value != null) node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child != null));
    return node;
  }

  function link(url, text) {
    return /^https?:\/\//i.test(url)
      ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text)
      : document.createTextNode(text);
  }

  async function send(path, body) {
    const options = { headers: { "X-Refcheck-Token": token } };
    if (body !== undefined) {
      options.method = "POST";
      options.headers["Content-Type"] = "application/json";
      options.body = JSON.stringify(body);
    }
    let reply;
    try {
      reply = await fetch(path, options);
    } catch (error) {
      lost();
      throw error;
    }
    $("lost").hidden = true;
    if (!reply.ok) {
      const why = await reply.json().catch(() => ({}));
      throw new Error(why.error || `refcheck answered ${reply.status}`);
    }
    return reply;
  }

  const ask = async (path, body) => (await send(path, body)).json();

  function lost() {
    if (!$("lost").hidden) return;
    $("lost").hidden = false;
    const again = async () => {
      try {
        take(await ask("/api/state"));
        say("The connection is back.");
      } catch {
        setTimeout(again, 2000);
      }
    };
    setTimeout(again, 1000);
  }

  function say(text) { $("said").textContent = text; }

  async function act(path, body) {
    try {
      const answer = await ask(path, body);
      if (answer.finding) keep(answer.finding);
      if (answer.counts) preview(answer);
      if (answer.finding) {
        editing = null;
        if (answer.finding.id === current) draw(); else show(answer.finding.id, true);
      }
      return answer;
    } catch (error) {
      if ($("lost").hidden) say(error.message);
      return null;
    }
  }

  function keep(finding) {
    findings.set(finding.id, finding);
    for (const mark of marks.get(finding.id) || []) {
      mark.classList.toggle("done", Boolean(finding.decision));
      mark.classList.toggle("accepted", Boolean(finding.decision) && finding.decision.action !== "reject");
    }
  }

  function take(state) {
    order = state.findings.map((one) => one.id);
    state.findings.forEach(keep);
    preview(state);
    if (findings.has(current)) draw();
    else show(findings.has(location.hash.slice(1)) ? location.hash.slice(1) : order.find(undecided) || order[0], true);
    if (!order.length) draw();
  }

  function undecided(id) {
    const finding = findings.get(id);
    return !finding.decision && finding.state !== "resolved";
  }

  function preview(state) {
    const counts = state.counts;
    const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
    let at = 0;
    $("bar").replaceChildren(...["open", "suggested", "not_asked", "resolved"].filter((name) => counts[name]).map((name) => {
      const part = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [key, value] of Object.entries({ class: name, x: at / all, width: counts[name] / all, height: 1 })) part.setAttribute(key, value);
      at += counts[name];
      return part;
    }));
    $("no-edits").hidden = state.edits.length > 0;
    $("counts").textContent = `${counts.resolved} resolved, ${counts.suggested} to choose from, ${counts.open} still open, ${counts.not_asked} not looked up`;
    $("undo").disabled = !state.undo;
    $("edits").replaceChildren(...state.edits.map((edit) => make("li", { dir: "auto" }, `line ${edit.line}: `, make("del", null, edit.old), " ", make("ins", null, edit.new))));
    $("bibliography").replaceChildren(...state.bibliography.map((line) => make("li", { dir: "auto" }, line)));
  }

  function show(id, focus) {
    if (!findings.has(id)) return;
    if (id !== current) { editing = null; searching += 1; $("asked").textContent = ""; $("fine").hidden = true; }
    current = id;
    history.replaceState(null, "", `#${id}`);  // a reload comes back here
    draw();
    const mark = (marks.get(id) || [])[0];
    if (mark && focus) mark.scrollIntoView({ block: "center" });
    $("desk").scrollTop = 0;
    if (narrow.matches) $("desk").scrollIntoView();
  }

  function step(by) {
    if (!order.length) return;
    const at = order.indexOf(current);
    show(order[(at + by + order.length) % order.length], true);
  }

  function nextOpen() {
    const at = order.indexOf(current);
    const id = [...order.slice(at + 1), ...order.slice(0, at + 1)].find(undecided);
    if (id) show(id, true); else say("Everything is decided.");
  }

  function draw() {
    for (const old of document.querySelectorAll("button.mark.current")) {
      old.classList.remove("current");
      old.removeAttribute("aria-current");
    }
    const finding = findings.get(current);
    if (!finding) {
      $("where").textContent = "";
      $("finding").replaceChildren(make("p", null, "Nothing is missing."));
      return;
    }
    for (const mark of marks.get(current) || []) {
      mark.classList.add("current");
      mark.setAttribute("aria-current", "true");
    }
    $("where").textContent = `${order.indexOf(current) + 1} of ${order.length}`;
    const decision = finding.decision;
    const chosen = new Set(decision ? decision.chosen : []);
    const done = decision && { accept: "accepted", reject: "none of them", fine: "fine as it is" }[decision.action];
    const parts = [
      make("p", { class: "meta" }, make("span", { class: `chip ${done ? "resolved" : finding.state}` }, done || finding.status), ` line ${finding.line}, column ${finding.column} · ${finding.rule}`),
      make("p", { class: "quote", dir: "auto" }, finding.before, make("mark", { class: finding.state }, finding.text), finding.after),
      make("p", { dir: "auto" }, `${finding.message}.`),
      finding.differences.length ? differences(finding.differences) : null,
      finding.advice.length && !done ? make("ul", null, ...finding.advice.map((said) => make("li", { dir: "auto" }, said))) : null,
      make("div", { class: "actions of-finding" },
        make("button", { type: "button", onclick: () => decide("reject") }, "None of them ", make("kbd", null, "x")),
        make("button", { type: "button", onclick: askFine }, "Fine as it is ", make("kbd", null, "f"))),
      make("h2", { class: "unseen" }, "Candidates"),
      ...finding.candidates.filter(Boolean).map((one) => candidate(finding, one, chosen)),
    ];
    $("finding").replaceChildren(...parts.filter(Boolean));
  }

  function tabled(name, heads, rows) {
    const head = make("tr", null, ...heads.map((text) => make("th", { scope: "col" }, text)));
    return make("table", { class: name }, make("thead", null, head), make("tbody", null, ...rows));
  }

  function differences(all) {
    const side = (pieces, tag) => make("td", { dir: "auto" }, ...(pieces.length ? pieces.map(([text, differs]) => differs ? make(tag, null, text) : text) : ["–"]));
    return tabled("evidence compared", ["What differs", "The document says", "The source says"],
      all.map((one) => make("tr", null, make("th", { scope: "row" }, one.field), side(one.given, "del"), side(one.found, "ins"))));
  }

  function candidate(finding, one, chosen) {
    const taken = chosen.has(one.number);
    const rows = one.evidence.map((row) => make("tr", { class: row.contradicts ? "contradicts" : null },
      make("th", { scope: "row" }, row.field), make("td", { dir: "auto" }, row.given || "–"), make("td", { dir: "auto" }, row.found || "–"),
      make("td", null, make("span", { class: "word" }, row.word), row.note ? make("span", { class: "note", dir: "auto" }, row.note) : null)));
    const key = `${finding.id} ${one.number}`;
    const compared = make("details", { class: "compared-with", open: opened.has(key) || one.number === 0 },
      make("summary", null, "Compare field by field"),
      rows.length ? tabled("evidence", ["Field", "The document says", "The candidate says", "Agreement"], rows) : null,
      make("ul", { class: "read" }, ...one.read.map((origin) => make("li", null, `Read at ${origin.source}, ${origin.when} UTC`, ...(origin.url && origin.url === one.address ? [] : [": ", link(origin.url, origin.url || origin.id)])))));
    compared.addEventListener("toggle", () => { if (compared.open) opened.add(key); else opened.delete(key); });
    return make("article", { class: `candidate${taken ? " taken" : ""}${one.against ? " contradicted" : ""}` },
      make("h3", { dir: "auto" }, `${one.number + 1}. `, link(one.address, one.title)),
      make("p", { class: "facts" }, make("span", { class: "score", title: "score from 0 to 1" }, one.score.toFixed(2)), " ", one.facts.join(" · ")),
      one.withdrawn ? make("p", { class: "against withdrawn" }, `It ${one.withdrawn}.`, ...(one.notice ? [" Notice: ", link(one.notice, one.notice)] : [])) : null,
      one.against ? make("p", { class: "against", dir: "auto" }, `Against it: ${one.against}`) : null,
      editing === one.number ? editor(finding, one) : make("div", { class: "actions" },
        make("button", { type: "button", class: taken ? null : "main", "aria-pressed": String(taken), onclick: () => accept(one.number) }, taken ? "Accepted " : "Accept ", one.number < 9 ? make("kbd", null, String(one.number + 1)) : null),
        make("button", { type: "button", onclick: () => edit(one.number) }, "Edit a field")),
      compared);
  }

  function edit(number) {
    editing = number;
    draw();
    const first = document.querySelector(".editor input");
    if (first) first.focus();
  }

  function editFirst() {
    const finding = findings.get(current);
    if (finding && finding.candidates.length) edit(finding.decision && finding.decision.chosen.length ? finding.decision.chosen[0] : 0);
  }

  function editor(finding, one) {
    const inputs = Object.entries(one.fields).map(([key, value]) => {
      const input = make("input", { type: "text", id: `edit-${key}`, dir: "auto" });
      input.value = value;
      input.dataset.key = key;
      return input;
    });
    const save = () => {
      const fields = {};
      for (const input of inputs) if (input.value !== one.fields[input.dataset.key]) fields[input.dataset.key] = input.value;
      act("/api/edit", { finding: finding.id, number: one.number, fields });
    };
    const form = make("form", { class: "editor" }, ...inputs.flatMap((input) => [make("label", { for: input.id }, input.dataset.key), input]),
      make("div", { class: "actions" }, make("button", { class: "main" }, "Accept with these fields"), make("button", { type: "button", onclick: () => { editing = null; draw(); } }, "Leave")));
    form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
    return form;
  }

  function accept(number) {
    const finding = findings.get(current);
    if (!finding || number >= finding.candidates.length) return;
    const chosen = finding.decision ? finding.decision.chosen : [];
    let numbers = [number];
    if (finding.several) numbers = chosen.includes(number) ? chosen.filter((one) => one !== number) : [...chosen, number];
    if (numbers.length) decide("accept", numbers);
    else decide("reject");
  }

  function decide(action, numbers, reason) {
    if (current) return act("/api/decide", { finding: current, action, numbers: numbers || [], reason: reason || "" });
    return null;
  }

  function askFine() {
    $("fine").hidden = false;
    $("reason").value = "";
    $("reason").focus();
  }

  function leaveFine() {
    $("fine").hidden = true;
    $("reason").blur();
  }

  async function write() {
    const answer = await act("/api/write", {});
    if (answer) say(`Written: ${answer.written.join(", ")}`);
  }

  async function search(words) {
    const id = current;
    const mine = ++searching;
    const told = [];
    $("asked").textContent = "Asking …";
    try {
      const reply = await send("/api/search", { finding: id, words });
      const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        const lines = (rest + value).split("\n");
        rest = lines.pop();
        for (const line of lines) {
          const answer = JSON.parse(line);
          told.push(answer.error ? `${answer.source} ${answer.error}` : `${answer.source} ${answer.candidates.length}`);
          const finding = findings.get(id);
          for (const one of answer.candidates || []) finding.candidates[one.number] = one;
          if (mine === searching) {
            $("asked").textContent = told.join(", ");
            if (editing === null) draw();
          }
        }
      }
      if (mine === searching) $("asked").textContent = `${told.join(", ")}. All have answered.`;
    } catch (error) {
      if (mine === searching) $("asked").textContent = error.message;
    }
  }

  $("fine").addEventListener("submit", (event) => {
    event.preventDefault();
    leaveFine();
    decide("fine", [], $("reason").value.trim());
  });
  $("not-fine").addEventListener("click", leaveFine);
  $("help-button").addEventListener("click", () => $("help").showModal());
  $("open").addEventListener("click", nextOpen);
  $("search").addEventListener("submit", (event) => { event.preventDefault(); if ($("words").value.trim()) search($("words").value); });
  $("paste").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!$("identifier").value.trim()) return;
    say("Looking it up …");
    const answer = await act("/api/paste", { finding: current, identifier: $("identifier").value });
    if (answer) { $("identifier").value = ""; say(`It is candidate ${answer.number + 1} now; accept it if it is the one.`); }
  });
  $("undo").addEventListener("click", () => act("/api/undo", {}));
  $("write").addEventListener("click", write);
  $("previous").addEventListener("click", () => step(-1));
  $("next").addEventListener("click", () => step(1));

  document.addEventListener("keydown", (event) => {
    if ($("help").open) return;
    if (event.key === "Escape" && event.target.matches("input")) {
      event.target.blur();
      if (event.target.id === "reason") leaveFine();
      return;
    }
    if (!$("keys").checked || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox])")) return;
    const keys = {
      j: () => step(1), k: () => step(-1), n: nextOpen, e: editFirst, "?": () => $("help").showModal(), x: () => decide("reject"), f: askFine, w: write,
      u: () => act("/api/undo", {}), s: () => $("words").focus(), p: () => $("identifier").focus(),
    };
    const digit = Number(event.key);
    if (digit >= 1 && digit <= 9) { accept(digit - 1); event.preventDefault(); }
    else if (keys[event.key]) { keys[event.key](); event.preventDefault(); }
  });

  ask("/api/state").then(take, (error) => say(error.message));
})();
