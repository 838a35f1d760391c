// Sends what is kept, file after file, until the server has all of it; waits for the network as long as it takes.
import { shrunk } from "./shrink.js";
import * as tus from "./tus.js";
import { forget, keep, kept } from "./upload_store.js";
import { words } from "./words.js";

const KB = 1024;
const [LEAST, MOST] = [256 * KB, 1024 * KB];
const [QUICK, SLOW] = [2_000, 6_000];
const PATIENCE = [1, 2, 4, 8, 15, 30, 60].map((seconds) => seconds * 1000);

const queue = new Map();
const watchers = new Set();
let [working, chunk, failures, alarm] = [false, LEAST, 0, 0];

export const watch = (watcher) => watchers.add(watcher);
export const queued = () => [...queue.values()];
export const isUnderWay = (item) => !item.evidence && !item.refused;

const told = (item, news) => watchers.forEach((watcher) => watcher(item, news));

export function take(item) {
  queue.set(item.id, item);
  told(item, { state: item.refused ? "refused" : item.evidence ? "saved" : "queued" });
}

export async function add(item) {
  take(item);
  const isKept = await keep(item);
  told(item, { isKept });
  work();
}

export async function again(item) {
  delete item.refused;
  await add(item);
}

export async function leave(item) {
  queue.delete(item.id);
  await forget(item.id);
  if (item.where && !item.evidence) tus.giveUp(item.where);
  told(item, { state: "left" });
}

const next = () => queued().find((item) => isUnderWay(item) && !item.held);

// One tab at a time: the others wait, and find then what is left to do.
export function work() {
  clearTimeout(alarm);
  if (working || !next()) return;
  working = true;
  const turn = () => deliverAll().finally(() => (working = false));
  navigator.locks ? navigator.locks.request("rectify-uploads", turn) : turn();
}

async function deliverAll() {
  for (let item = next(); item; item = next()) {
    const before = await kept(item.id);
    if (before?.evidence) Object.assign(item, { evidence: before.evidence });
    const went = before?.evidence ? told(item, { state: "saved" }) ?? true : await deliver(item);
    if (!went) return;
  }
}

// Whether the next one may be tried at once.
async function deliver(item) {
  try {
    await prepare(item);
    await sendAll(item);
    failures = 0;
    return true;
  } catch (trouble) {
    return judge(item, trouble);
  }
}

async function prepare(item) {
  if (item.prepared) return;
  told(item, { state: "preparing" });
  const small = await shrunk(item.blob, item.longest);
  if (small) Object.assign(item, { blob: small, size: small.size, said: { ...item.said, reduced: "yes" } });
  item.said.sha256 = await digest(item.blob);
  item.prepared = true;
  await keep(item);
}

// Only pages served safely may compute it; elsewhere the lengths must do.
async function digest(blob) {
  if (!crypto.subtle) return "";
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function sendAll(item) {
  if (item.held) return;
  let { offset, evidence, remark } = await begin(item);
  while (!evidence) {
    told(item, { state: "going", offset });
    if (item.held) return;
    const from = offset;
    ({ offset, evidence, remark } = await paced((piece, moved) => tus.send(item.where, from, piece, moved), item, from));
    if (item.changed && !evidence) ({ offset } = await begin(item));
  }
  await settle(item, evidence, remark);
}

// Its first piece goes with the announcement, once: where that was lost, the server is asked first what came of it.
// Announced anew when what is covered changed since: the server goes by what was said last.
async function begin(item) {
  if (item.where && !item.changed) return tus.stands(item.where);
  const tell = (piece, moved) => tus.announce(item, piece, moved);
  const isFirst = !item.where && !item.announced;
  Object.assign(item, { announced: true, changed: false }); // changed again when more is covered while it is under way
  const answer = await (isFirst ? paced(tell, item, 0) : tell()).catch((trouble) => {
    item.changed = true;
    throw trouble;
  });
  item.where = answer.where;
  if (!answer.evidence) await keep(item);
  return answer;
}

// Sends the piece from `offset`; the quicker it went, the larger the next one.
async function paced(send, item, offset) {
  const began = performance.now();
  const answer = await send(item.blob.slice(offset, offset + chunk), () => told(item, { state: "going", offset }));
  const took = performance.now() - began;
  if (took < QUICK) chunk = Math.min(MOST, chunk * 2);
  if (took > SLOW) chunk = Math.max(LEAST, chunk / 2);
  failures = 0;
  return answer;
}

// The server has it: the bytes may go, that it arrived is remembered until all of its company have.
async function settle(item, evidence, remark) {
  Object.assign(item, { evidence, remark, blob: null });
  told(item, { state: "saved" });
  await keep(item);
}

function judge(item, trouble) {
  if (trouble instanceof tus.Refused) {
    item.refused = trouble.message || words.notWanted;
    keep(item);
    told(item, { state: "refused" });
    return true;
  }
  if (trouble instanceof tus.Gone) delete item.where;
  if (trouble instanceof tus.SignedOut) return told(item, { state: "signed-out" }), later();
  told(item, { state: "waiting", why: trouble.message });
  return later();
}

function later() {
  chunk = LEAST;
  const wait = PATIENCE[Math.min(failures++, PATIENCE.length - 1)];
  alarm = setTimeout(work, wait * (0.75 + Math.random() / 2));
  return false;
}

function wake() {
  if (document.hidden || navigator.onLine === false) return;
  failures = 0;
  work();
}

window.addEventListener("online", wake);
window.addEventListener("pageshow", wake);
window.addEventListener("focus", wake);
document.addEventListener("visibilitychange", wake);
