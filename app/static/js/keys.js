// Keys for people with forty findings: J K move, X select, Space look inside, A accept, R return, / search, ? help.
import { tell } from "./dialogs.js";
import { follow, here, press, stand, toggle } from "./drawer.js";
import { words } from "./words.js";

const rows = () => [...document.querySelectorAll("table[data-keys] tbody tr[data-url]")];

const beside = (all, one, by) => all[Math.min(Math.max(one < 0 ? 0 : one + by, 0), all.length - 1)];

// On a desk the cards are what is moved through.
function moveFocus(by) {
  const cards = [...document.querySelectorAll(".slips a")];
  beside(cards, cards.indexOf(document.activeElement), by)?.focus();
}

function move(by) {
  const all = rows();
  if (!all.length) return moveFocus(by);
  const row = beside(all, all.indexOf(here()), by);
  stand(row);
  row.querySelector("a")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  follow();
}

function select() {
  here()?.querySelector('input[type="checkbox"]')?.click();
}

function search() {
  document.querySelector("[data-search]")?.focus();
}

const ACTIONS = {
  j: () => move(1),
  k: () => move(-1),
  x: select,
  " ": toggle,
  a: () => press("a"),
  r: () => press("r"),
  "/": search,
  "?": () => tell(words.keys.split(" · ")),
};

const isTyping = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const isPressed = (element, key) => key === " " && element.closest("button, summary, input");

document.addEventListener("keydown", (event) => {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !ACTIONS[key]) return;
  if (isTyping(event.target) || isPressed(event.target, key) || document.querySelector("dialog[open]")) return;
  if (ACTIONS[key]() !== false) event.preventDefault();
});
