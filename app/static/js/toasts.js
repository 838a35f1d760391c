// What was just done can be undone for ten seconds; whoever points at it or stands in it gets longer.
const SHOWN_FOR = 10_000;

for (const toast of document.querySelectorAll("[data-toast]")) {
  let left = window.setTimeout(() => toast.remove(), SHOWN_FOR);
  const stay = () => window.clearTimeout(left);
  const go = () => { stay(); left = window.setTimeout(() => toast.remove(), SHOWN_FOR); };
  toast.addEventListener("pointerenter", stay);
  toast.addEventListener("focusin", stay);
  toast.addEventListener("pointerleave", go);
  toast.addEventListener("focusout", go);
}
