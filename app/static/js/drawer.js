// Looks into a finding beside the ledger: its address can be passed on, and back leads to the same row.
const table = document.querySelector("table[data-keys]");
const drawer = () => document.querySelector("[data-drawer]");
const rowOf = (id) => table?.querySelector(`tr[data-url$="/${id}"]`);
const idOf = (row) => row.dataset.url.split("/").pop();
const looks = (row) => /^\/findings\/\d+$/.test(row.dataset.url);
const PLACE = "ledger-place";

export const here = () => table?.querySelector("tr.here");

export function stand(row) {
  here()?.classList.remove("here");
  row?.classList.add("here");
}

function address(id) {
  const url = new URL(location.href);
  if (id) url.searchParams.set("open", id);
  else url.searchParams.delete("open");
  return url;
}

// After a step taken here the list comes back, with the next finding looked into.
function comeBack() {
  const next = here()?.nextElementSibling;
  const back = address(next ? idOf(next) : null);
  return encodeURIComponent(back.pathname + back.search);
}

function lead(panel) {
  for (const link of panel.querySelectorAll('a[href^="/tasks/"][data-asks]')) link.href += `?back=${comeBack()}`;
  for (const form of panel.querySelectorAll('form[action^="/tasks/"]')) form.action += `?back=${comeBack()}`;
}

async function look(row, remember) {
  stand(row);
  const answer = await fetch(`${row.dataset.url}/drawer`).catch(() => null);
  if (!answer?.ok || answer.redirected) return location.assign(row.dataset.url);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const panel = document.adoptNode(page.querySelector("[data-drawer]"));
  const stood = drawer();
  if (stood) stood.replaceWith(panel);
  else document.querySelector("main").append(panel);
  lead(panel);
  if (remember) history[stood ? "replaceState" : "pushState"]({ drawer: true }, "", address(idOf(row)));
  return panel;
}

export function close() {
  drawer()?.remove();
  here()?.querySelector(".ledger-title a")?.focus({ preventScroll: true });
  if (history.state?.drawer) history.back();
  else history.replaceState({}, "", address(null));
}

export function toggle() {
  const row = here();
  if (!row) return false;
  if (!looks(row)) return location.assign(row.dataset.url);
  if (drawer()?.dataset.drawer === idOf(row)) return close();
  return look(row, true);
}

export const follow = () => drawer() && here() && look(here(), true);

export async function press(key) {
  const row = here();
  if (row && looks(row) && drawer()?.dataset.drawer !== idOf(row)) await look(row, true);
  (drawer() ?? document).querySelector(`[data-key="${key}"]`)?.click();
}

function remember(row) {
  sessionStorage.setItem(PLACE, JSON.stringify({ address: location.pathname + location.search, url: row.dataset.url }));
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (event.target.closest("[data-drawer-closes]")) {
    event.preventDefault();
    return close();
  }
  const row = event.target.closest(".ledger-title a")?.closest("tr[data-url]");
  if (!row || !looks(row)) return;
  remember(row);
  if (!window.matchMedia("(min-width: 64rem)").matches) return;
  event.preventDefault();
  look(row, true);
});

window.addEventListener("popstate", () => {
  const id = new URL(location.href).searchParams.get("open");
  if (id && rowOf(id)) look(rowOf(id), false);
  else drawer()?.remove();
});

document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && drawer() && !document.querySelector("dialog[open]")) close();
});

const place = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
if (drawer()) {
  stand(rowOf(drawer().dataset.drawer));
  lead(drawer());
} else if (table && place.address === location.pathname + location.search) {
  stand(rowOf(place.url.split("/").pop()));
}
here()?.scrollIntoView({ block: "center" });
if (place.address) for (const link of document.querySelectorAll("[data-to-ledger]")) link.href = place.address;
