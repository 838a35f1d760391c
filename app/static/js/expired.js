// A form that had expired is opened anew with what was chosen and typed in it: in this tab, once, never passwords or files.
import { posts } from "./posts.js";

const KEY = "expired-form";
const LEFT_OUT = new Set(["password", "hidden", "file", "submit", "button", "image"]);
const fieldsOf = (root) => [...root.querySelectorAll("input, select, textarea")].filter((field) => field.name && !LEFT_OUT.has(field.type));
const isTicked = (field) => field.type === "checkbox" || field.type === "radio";

function keep({ target }) {
  const waiting = read();
  if (waiting?.expired && waiting.path !== location.pathname && !("leaves" in target.dataset)) return; // she signs in again
  if (!posts(target) || target.querySelector("input[type=password]") || "leaves" in target.dataset) return sessionStorage.removeItem(KEY);
  const fields = fieldsOf(target).map((field) => [field.name, field.value, isTicked(field) ? field.checked : null]);
  sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, fields }));
}

function read() {
  return JSON.parse(sessionStorage.getItem(KEY) ?? "null");
}

function putBack(fields) {
  const there = fieldsOf(document);
  for (const [name, value, ticked] of fields) {
    const at = there.findIndex((field) => field.name === name && (ticked === null) === !isTicked(field) && (ticked === null || field.value === value));
    if (at < 0) continue;
    const [field] = there.splice(at, 1);
    if (ticked !== null) field.checked = ticked;
    else if (field.tagName !== "SELECT" || [...field.options].some((option) => option.value === value)) field.value = value;
    const folded = field.closest("details");
    if (folded && (ticked || (ticked === null && value))) folded.open = true;
  }
}

const said = read();
if (said && document.querySelector("[data-expired]")) {
  sessionStorage.setItem(KEY, JSON.stringify({ ...said, expired: true }));
} else if (said && !said.expired) {
  sessionStorage.removeItem(KEY);
} else if (said?.path === location.pathname) {
  sessionStorage.removeItem(KEY);
  putBack(said.fields);
}

document.addEventListener("submit", keep);
