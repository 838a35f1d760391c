// What is on its way, kept on this phone until the server has it: in IndexedDB, or in memory where there is none.
const NAME = "rectify-uploads";
const memory = new Map();
let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("files", { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

async function ask(mode, what) {
  const files = (await open()).transaction("files", mode, { durability: "strict" }).objectStore("files");
  return new Promise((resolve, reject) => {
    const asked = what(files);
    files.transaction.oncomplete = () => resolve(asked.result);
    files.transaction.onabort = files.transaction.onerror = () => reject(files.transaction.error);
  });
}

// Whether the phone really keeps it: a full or private one may not, and then the page must stay open.
export async function keep(item) {
  memory.set(item.id, item);
  return ask("readwrite", (files) => files.put(item)).then(() => true, () => false);
}

export async function kept(id) {
  return ask("readonly", (files) => files.get(id)).catch(() => memory.get(id));
}

export async function everything(person) {
  const found = await ask("readonly", (files) => files.getAll()).catch(() => [...memory.values()]);
  return found.filter((item) => item.person === person).sort((one, other) => one.at - other.at);
}

export async function forget(id) {
  memory.delete(id);
  await ask("readwrite", (files) => files.delete(id)).catch(() => null);
}
