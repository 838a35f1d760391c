// Sends files one by one as soon as they are chosen, shows how far each is, and waits for the network.
import { token } from "./csrf.js";
import { posts } from "./posts.js";
import { say } from "./say.js";
import { waiting } from "./upload_row.js";
import { words } from "./words.js";

const unsaved = new Set();
const queue = [];
const PATIENCE = 8_000;
let busy = false;

function choose(section, input) {
  const form = section.querySelector("form");
  for (const file of input.files) {
    const upload = { file, section, action: form.action, kind: form.elements.kind?.value ?? "", row: waiting(file) };
    upload.row.onAgain = () => enqueue(upload);
    upload.row.onLeave = () => leave(upload);
    section.querySelector("[data-list]").append(upload.row.element);
    unsaved.add(upload);
    enqueue(upload);
  }
  input.value = ""; // the same photo may be chosen again, and a plain submit must not send it twice
}

function enqueue(upload) {
  upload.row.queued();
  if (!queue.includes(upload)) queue.push(upload);
  tally(upload.section);
  next();
}

function leave(upload) {
  unsaved.delete(upload);
  if (queue.includes(upload)) queue.splice(queue.indexOf(upload), 1);
  upload.row.element.remove();
  tally(upload.section);
}

async function next() {
  if (busy || !queue.length) return;
  busy = true;
  const upload = queue.shift();
  await send(upload);
  busy = false;
  next();
}

function send(upload) {
  return new Promise((settled) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", ({ loaded }) => upload.row.moved(loaded));
    request.addEventListener("load", () => settled(answered(upload, request)));
    request.addEventListener("error", () => settled(stranded(upload)));
    request.open("POST", upload.action);
    request.setRequestHeader("X-CSRFToken", token);
    request.setRequestHeader("Accept", "application/json");
    request.send(filled(upload));
  });
}

function filled({ file, kind }) {
  const body = new FormData();
  body.append("csrf_token", token);
  body.append("kind", kind);
  body.append("file", file, file.name);
  return body;
}

function answered(upload, request) {
  const answer = read(request.responseText);
  if (request.status !== 201) return upload.row.refused(answer?.error ?? words.unreadable);
  unsaved.delete(upload);
  upload.row.saved(answer ?? {});
  tally(upload.section);
  upload.section.dispatchEvent(new CustomEvent("evidence:saved", { bubbles: true, detail: answer }));
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a proxy's own error page; the row says what the person can do
  }
}

function stranded(upload) {
  upload.row.stranded();
  window.setTimeout(() => unsaved.has(upload) && enqueue(upload), PATIENCE);
}

function tally(section) {
  const all = section.querySelectorAll(".upload").length;
  const place = section.querySelector("[data-tally]");
  place.hidden = !all;
  place.textContent = `${section.querySelectorAll('.upload[data-tone="done"]').length}/${all} ${words.saved}`;
}

document.addEventListener("change", ({ target }) => {
  const section = target.closest("[data-uploads]");
  if (section && target.type === "file") choose(section, target);
});

document.addEventListener("submit", (event) => {
  if (!unsaved.size || !posts(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say(words.uploading, "soon");
}, { capture: true });

window.addEventListener("online", () => [...unsaved].filter(({ row }) => row.isStranded).forEach(enqueue));
window.addEventListener("beforeunload", (event) => unsaved.size && event.preventDefault());
