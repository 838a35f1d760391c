// The uploaders of a page: what is chosen is queued at once, every row says where its file stands.
import { draw } from "./cover.js";
import { freshen } from "./freshen.js";
import { say } from "./say.js";
import * as queue from "./upload_queue.js";
import { row } from "./upload_row.js";
import { everything, forget } from "./upload_store.js";
import { words } from "./words.js";

const person = document.querySelector('meta[name="person"]')?.content ?? "";
const rows = new Map();
const MOVING = /\/tasks\/(\d+)\/steps\/(report_done|finish|close_on_the_spot|answer|explain)(\?|$)/;
let isKept = true;

const sections = () => [...document.querySelectorAll("[data-uploads]")];
const sectionOf = (item) => sections().find(({ dataset }) => dataset.uploads === item.announceAt && dataset.kind === item.said.kind);
const companyOf = (item) => queue.queued().filter(({ announceAt, said }) => announceAt === item.announceAt && said.kind === item.said.kind);
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
const randomName = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function choose(section, input) {
  const { uploads, kind, longest } = section.dataset;
  const source = input.hasAttribute("capture") ? "camera" : "album";
  const proof = section.querySelector('[name="proof"]:checked')?.value ?? "";
  for (const file of [...input.files]) {
    const id = randomName();
    const blob = new Blob([await file.arrayBuffer()], { type: file.type }); // a phone may take its own file away again
    const said = { client_upload_id: id, filename: file.name, kind, source: file.type.startsWith("image/") ? source : "", proof };
    const keepsAll = section.querySelector("[data-originals]")?.checked;
    queue.add({
      id, person, announceAt: uploads, said, blob, size: blob.size, isPicture: file.type.startsWith("image/") || /\.hei[cf]$/i.test(file.name),
      longest: keepsAll ? 0 : Number(longest), at: Date.now(),
    });
  }
  section.querySelector('[name="proof"]')?.click(); // the next one is the usual again
  input.value = ""; // the same photo may be chosen again, and a plain submit must not send it twice
}

const ways = {
  onAgain: queue.again,
  onLeave: queue.leave,
  onCover: async (item) => {
    item.held = true; // its last byte waits until the drawing is done
    const boxes = await draw(URL.createObjectURL(item.blob), JSON.parse(item.said.boxes ?? "[]"));
    item.held = false;
    if (boxes) Object.assign(item, { changed: true, said: { ...item.said, boxes: JSON.stringify(boxes) } });
    queue.add(item);
  },
};

function show(item, news) {
  if (news.isKept === false) isKept = false;
  const section = sectionOf(item);
  if (!news.state) return;
  if (news.state === "left") rows.get(item.id)?.element.remove();
  else if (section) rowOf(item, section).tell(news);
  if (section) tally(section, item);
  pill();
  if (news.state === "saved" && !companyOf(item).some(queue.isUnderWay)) freshen().then(tidy);
  if (news.state === "saved" && section && item.remark) say(item.remark, "soon");
}

// What the page itself shows by now needs no row any more; the tally stays.
function tidy() {
  for (const item of queue.queued()) {
    if (item.evidence && !item.remark && document.querySelector(`[data-evidence="${item.evidence}"]`)) rows.get(item.id)?.element.remove();
  }
}

function rowOf(item, section) {
  if (!rows.has(item.id)) rows.set(item.id, row(item, ways));
  const { element } = rows.get(item.id);
  if (!element.isConnected) section.querySelector("[data-list]").append(element);
  document.querySelector(`[data-awaited="${item.id}"]`)?.remove();
  return rows.get(item.id);
}

function tally(section, item) {
  const company = companyOf(item);
  const place = section.querySelector("[data-tally]");
  place.hidden = !company.length;
  place.textContent = fill(words.arrived, { n: company.filter(({ evidence }) => evidence).length, all: company.length });
}

// Files of other pages go on too; a line at the edge of the screen says so.
function pill() {
  const elsewhere = queue.queued().filter((item) => queue.isUnderWay(item) && !sectionOf(item));
  const shown = document.querySelector("[data-pill]");
  if (!elsewhere.length) return shown?.remove();
  const place = shown ?? document.body.appendChild(Object.assign(document.createElement("p"), { className: "upload-pill" }));
  Object.assign(place.dataset, { pill: "", tone: "going" });
  place.textContent = fill(words.elsewhere, { n: elsewhere.length });
}

async function goOn() {
  if (!person) return;
  const found = await everything(person);
  for (const item of found) {
    const ofIts = found.filter(({ announceAt, said }) => announceAt === item.announceAt && said.kind === item.said.kind);
    if (ofIts.some(queue.isUnderWay) || item.refused) queue.take(item);
    else await forget(item.id);
  }
  queue.work();
}

// Whether originals are sent is remembered on this phone.
const ORIGINALS = "originals";
const boxes = () => document.querySelectorAll("[data-originals]");
const remembered = () => { try { return localStorage.getItem(ORIGINALS) === "yes"; } catch { return false; } };
const remember = (isKept) => { try { localStorage.setItem(ORIGINALS, isKept ? "yes" : "no"); } catch { /* a browser that keeps nothing */ } };
if (remembered()) boxes().forEach((box) => (box.checked = true));

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-originals]")) {
    boxes().forEach((box) => (box.checked = target.checked));
    remember(target.checked);
  }
  const section = target.closest("[data-uploads]");
  if (section && target.type === "file") choose(section, target);
});

// Nothing is reported done, and nobody signs out unaware, while photos are still on this phone only.
document.addEventListener("submit", (event) => {
  const task = event.target.getAttribute("action")?.match(MOVING)?.[1];
  const leaves = "leaves" in event.target.dataset && !("warned" in event.target.dataset);
  const left = queue.queued().filter((item) => queue.isUnderWay(item) && (leaves || item.announceAt.startsWith(`/tasks/${task}/`)));
  if (!left.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  event.target.dataset.warned = "";
  document.querySelector("dialog[open]")?.close();
  say(fill(leaves ? words.leaving : words.uploading, { n: left.length }), "soon");
}, { capture: true });

window.addEventListener("beforeunload", (event) => !isKept && queue.queued().some(queue.isUnderWay) && event.preventDefault());

queue.watch(show);
goOn();
