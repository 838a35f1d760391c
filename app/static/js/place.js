// A list comes back to the row one left it from: the same one, or what stands in its place when it is gone.
const ROWS = "main tr[data-url] a[href], main .slip a[href], main .rows a[href], main .todo a[href]";
const KEPT = "places";
const MOST = 20;

const links = () => [...document.querySelectorAll(ROWS)];
const address = () => location.pathname + location.search;
const places = () => new Map(JSON.parse(sessionStorage.getItem(KEPT) ?? "[]"));
const keep = (known) => sessionStorage.setItem(KEPT, JSON.stringify([...known].slice(-MOST)));

document.addEventListener("click", (event) => {
  const link = event.target.closest(ROWS);
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const known = places();
  known.delete(address());
  known.set(address(), { href: link.getAttribute("href"), at: links().indexOf(link) });
  keep(known);
});

function comeBack() {
  const known = places();
  const left = known.get(address());
  if (!left || document.activeElement !== document.body || location.hash) return;
  known.delete(address());
  keep(known);
  const all = links();
  const link = all.find((one) => one.getAttribute("href") === left.href) ?? all[Math.min(left.at, all.length - 1)];
  link?.focus({ preventScroll: true });
  link?.scrollIntoView({ block: "center", behavior: "instant" });
}

comeBack();
