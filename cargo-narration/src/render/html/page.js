"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const make = (tag, cls, text) => {
    const node = document.createElement(tag);
    if (cls) node.className = cls;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const levels = ["trace", "debug", "info", "warn", "error"];
  const ROW = 26;
  const MORE = 8;
  const whole = Math.max(data.elapsed, 1);
  // Dark on light and light on dark: names are written in it.
  const colour = (service) => {
    const hue = (service * 137 + 200) % 360;
    return `light-dark(hsl(${hue} 65% 34%), hsl(${hue} 65% 70%))`;
  };
  const on = new Set(data.services.keys());
  let shown = [];
  let selected = -1;

  // What a step says, in one string, made when it is first searched for.
  const words = (step) => (step.words ??= [
    data.services[step.s].name, step.a, step.h, step.o ?? "",
    ...step.f.map(([name, value]) => `${name}=${value}`),
  ].join(" ").toLowerCase());

  const head = () => {
    $("ending").textContent = data.ending;
    $("ending").dataset.ending = data.ending;
    $("summary").textContent = data.summary;
    for (const finding of data.findings) {
      const bad = /^(failed|panicked|error)/.test(finding);
      const warn = /^(cancelled|stuck)/.test(finding);
      $("findings").append(make("li", bad ? "bad" : warn ? "warn" : "", finding));
    }
    data.services.forEach((service, at) => {
      const button = make("button");
      const dot = make("i");
      dot.style.background = colour(at);
      button.type = "button";
      button.setAttribute("aria-pressed", "true");
      button.append(dot, `${service.name} ${service.time} ${service.percent.toFixed(1)} %`);
      button.addEventListener("click", () => {
        if (!on.delete(at)) on.add(at);
        button.setAttribute("aria-pressed", String(on.has(at)));
        filter();
      });
      $("services").append(button);
    });
  };

  const filter = () => {
    const terms = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const least = levels.indexOf($("level").value);
    const failures = $("failures").checked;
    const kept = shown[selected];
    shown = [];
    data.steps.forEach((step, at) => {
      if (!on.has(step.s) || levels.indexOf(step.l) < least || (failures && !step.x)) return;
      if (terms.length && !terms.every((term) => words(step).includes(term))) return;
      shown.push(at);
    });
    selected = shown.indexOf(kept);
    $("space").style.height = `${shown.length * ROW}px`;
    $("count").textContent = `${shown.length} of ${data.steps.length} steps`;
    draw();
  };

  const row = (place) => {
    const step = data.steps[shown[place]];
    const tone = step.x ? "bad" : step.l === "warn" ? "warn" : levels.indexOf(step.l) < 2 ? "faint" : "";
    const node = make("div", `row ${tone}`);
    node.id = `row-${place}`;
    node.dataset.place = place;
    node.setAttribute("role", "option");
    node.setAttribute("aria-selected", String(place === selected));
    node.setAttribute("aria-posinset", place + 1);
    node.setAttribute("aria-setsize", shown.length);
    const service = make("span", "s", data.services[step.s].name);
    service.style.color = colour(step.s);
    const text = step.m ? `⚠ clock ${step.m} · ${step.h}` : step.h;
    const way = make("span", "w");
    const bar = make("i", step.b && step.b[2] ? "open" : "");
    const [from, to] = step.b ?? [step.t, step.t];
    bar.style.left = `${(from / whole) * 100}%`;
    bar.style.width = `${((to - from) / whole) * 100}%`;
    bar.style.backgroundColor = step.x ? "var(--bad)" : colour(step.s);
    way.append(bar);
    node.append(make("span", "c", step.c), make("span", "g", step.g), service,
      make("span", "a", step.a), make("span", "h", text), way);
    return node;
  };

  // Only the rows that can be seen exist.
  const draw = () => {
    const list = $("list");
    const first = Math.max(0, Math.floor(list.scrollTop / ROW) - MORE);
    const last = Math.min(shown.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + MORE);
    const rows = [];
    for (let place = first; place < last; place += 1) rows.push(row(place));
    $("rows").style.top = `${first * ROW}px`;
    $("rows").replaceChildren(...rows);
    if (selected >= first && selected < last) list.setAttribute("aria-activedescendant", `row-${selected}`);
    else list.removeAttribute("aria-activedescendant");
  };

  const reveal = () => {
    const list = $("list");
    const top = selected * ROW;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
    draw();
  };

  const choose = (place) => {
    if (!shown.length) return;
    selected = Math.min(Math.max(place, 0), shown.length - 1);
    if ($("detail").hidden) reveal();
    else detail();
  };

  const detail = () => {
    const step = data.steps[shown[selected]];
    if (!step) return;
    const list = make("dl");
    const line = (name, value) => list.append(make("dt", "", name), make("dd", "", String(value)));
    line("time", `${step.c} (+${step.g})`);
    line("level", step.l);
    line("service", data.services[step.s].name);
    line("action", step.a);
    if (step.o) line("target", step.o);
    line("text", step.h);
    for (const [name, value] of step.f) line(name, value);
    $("detail").replaceChildren(list);
    $("detail").hidden = false;
    reveal();
  };

  const nextFailure = () => {
    const from = shown.findIndex((at, place) => place > selected && data.steps[at].x);
    choose(from < 0 ? shown.findIndex((at) => data.steps[at].x) : from);
  };

  const theme = () => {
    const root = document.documentElement;
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = root.dataset.theme ?? (dark ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
  };

  const page = () => Math.max(1, Math.floor($("list").clientHeight / ROW) - 1);
  const keys = {
    ArrowDown: () => choose(selected + 1), j: () => choose(selected + 1),
    ArrowUp: () => choose(selected - 1), k: () => choose(selected - 1),
    PageDown: () => choose(selected + page()), PageUp: () => choose(selected - page()),
    Home: () => choose(0), End: () => choose(shown.length - 1),
    Enter: detail, n: nextFailure, t: theme,
    "/": () => $("search").focus(),
    Escape: () => { $("detail").hidden = true; $("list").focus(); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input[type=search], select, button");
    if (typing && event.key !== "Escape") return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  let waiting = false;
  $("list").addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; draw(); });
  });
  $("rows").addEventListener("click", (event) => {
    const found = event.target.closest(".row");
    if (found) { choose(Number(found.dataset.place)); detail(); }
  });
  addEventListener("resize", draw);
  for (const id of ["search", "level", "failures"]) $(id).addEventListener("input", filter);
  $("theme").addEventListener("click", theme);
  head();
  filter();
  $("list").focus();
})();
