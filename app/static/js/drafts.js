// Keeps what is typed in fields with data-draft until it was sent, even when the tab is closed.
import { posts } from "./posts.js";
import { words } from "./words.js";

const PREFIX = "draft:";
const SENT = "drafts-sent";
const keyOf = (field) => PREFIX + field.dataset.draft;
const draftsIn = (root) => [...root.querySelectorAll("[data-draft]")];

function keep({ target }) {
  if (!target.dataset?.draft) return;
  if (target.value.trim()) localStorage.setItem(keyOf(target), target.value);
  else localStorage.removeItem(keyOf(target));
}

function offerToDiscard(field) {
  const note = Object.assign(document.createElement("p"), { className: "draft-note", textContent: words.restored });
  const button = Object.assign(document.createElement("button"), { className: "btn-link", type: "button", textContent: words.discard });
  button.addEventListener("click", () => {
    localStorage.removeItem(keyOf(field));
    field.value = field.defaultValue;
    note.remove();
    field.focus();
  });
  note.append(button);
  note.setAttribute("role", "status");
  field.after(note);
}

// What the server wrote into a field is newer than any draft, so only an empty field is filled.
export function restore(root) {
  for (const field of draftsIn(root)) {
    const draft = localStorage.getItem(keyOf(field));
    if (!draft || field.value || "restored" in field.dataset) continue;
    field.value = draft;
    field.dataset.restored = "";
    offerToDiscard(field);
  }
}

function forgetAll() {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}

// A draft goes when the page that answered its form is a good one, not when the form is merely sent.
function forgetWhatArrived() {
  const [visit] = performance.getEntriesByType("navigation");
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
  sessionStorage.removeItem(SENT);
  const failed = visit?.type !== "navigate" || visit.responseStatus >= 400 || document.querySelector("[data-errors]");
  if (!failed) for (const key of sent) localStorage.removeItem(key);
}

document.addEventListener("input", keep);
document.addEventListener("submit", ({ target }) => {
  if ("leaves" in target.dataset) forgetAll();
  else if (posts(target)) sessionStorage.setItem(SENT, JSON.stringify(draftsIn(target).map(keyOf)));
});
document.addEventListener("htmx:afterRequest", ({ detail, target }) => {
  if (detail.requestConfig?.verb === "post" && detail.xhr.status >= 200 && detail.xhr.status < 400) {
    for (const field of draftsIn(target)) localStorage.removeItem(keyOf(field));
  }
});
document.addEventListener("htmx:load", ({ target }) => restore(target));
forgetWhatArrived();
restore(document);
