// Keys for people with forty findings: J K move, X select, Space look inside, A accept, R return, / search, ? help.
import { tell } from "./dialogs.js";
import { words } from "./words.js";

const rows = () => [...document.querySelectorAll("table[data-keys] tbody tr[data-url]")];
const here = () => document.querySelector("table[data-keys] tr.here");

function move(by) {
  const all = rows();
  if (!all.length) return;
  const from = all.indexOf(here());
  const row = all[Math.min(Math.max(from < 0 ? 0 : from + by, 0), all.length - 1)];
  here()?.classList.remove("here");
  row.classList.add("here");
  row.querySelector("a")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function select() {
  here()?.querySelector('input[type="checkbox"]')?.click();
}

// The task's own page carries what a look inside shows, in an element with data-peek.
function peek() {
  const row = here();
  if (!row) return false;
  if (row.nextElementSibling?.matches(".peek")) return row.nextElementSibling.remove();
  const cell = Object.assign(document.createElement("td"), { colSpan: row.cells.length });
  const inside = Object.assign(document.createElement("tr"), { className: "peek" });
  inside.append(cell);
  row.after(inside);
  return window.htmx?.ajax("GET", row.dataset.url, { target: cell, select: "[data-peek]" });
}

function press(key) {
  const row = here();
  const places = row ? [row, row.nextElementSibling] : [document];
  const button = places.map((place) => place?.querySelector(`[data-key="${key}"]`)).find(Boolean);
  button?.click();
}

function search() {
  document.querySelector("[data-search]")?.focus();
}

const ACTIONS = {
  j: () => move(1),
  k: () => move(-1),
  x: select,
  " ": peek,
  a: () => press("a"),
  r: () => press("r"),
  "/": search,
  "?": () => tell(words.keys.split(" · ")),
};

const isTyping = (element) => element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
const isPressed = (element, key) => key === " " && element.closest("button, summary, input");

document.addEventListener("keydown", (event) => {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !ACTIONS[key]) return;
  if (isTyping(event.target) || isPressed(event.target, key) || document.querySelector("dialog[open]")) return;
  if (ACTIONS[key]() !== false) event.preventDefault();
});
