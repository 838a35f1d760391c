// A form that was sent is not sent again by a second click; the back button opens it anew.
import { posts } from "./posts.js";

const AGAIN_AFTER = 15_000;

function hold(form, button) {
  form.dataset.sent = "";
  button?.setAttribute("aria-busy", "true");
  window.setTimeout(() => release(form), AGAIN_AFTER);
}

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  if (!("sent" in event.target.dataset)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true });

document.addEventListener("submit", (event) => {
  const fetched = event.target.hasAttribute("hx-post");
  if (posts(event.target) && (fetched || !event.defaultPrevented)) hold(event.target, event.submitter);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});

window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
