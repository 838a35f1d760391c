// Opens dialogs: those that stand in the page, those a link asks for, and photos in full size.
import { restore } from "./drafts.js";
import { words } from "./words.js";
import { zoomed } from "./zoom.js";

const made = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

function show(dialog) {
  dialog.addEventListener("close", () => dialog.dataset.passing !== undefined && dialog.remove(), { once: true });
  dialog.showModal();
  dialog.querySelector("textarea, input:not([type=hidden]), select")?.focus();
}

function pass(className, label, ...children) {
  const dialog = made("dialog", { className }, ...children);
  dialog.dataset.passing = "";
  dialog.setAttribute("aria-label", label);
  document.body.append(dialog);
  show(dialog);
  return dialog;
}

export function tell(sentences) {
  const close = made("button", { className: "btn", type: "button", textContent: words.close });
  close.dataset.closes = "";
  pass("dialog", sentences[0], made("ul", { className: "rows" }, ...sentences.map((s) => made("li", { textContent: s }))), close);
}

// A photo of a pair opens with the other one beside it.
function enlarge(link) {
  const pair = [...(link.closest(".pair")?.querySelectorAll("[data-enlarges]") ?? [])];
  const links = pair.length === 2 ? pair : [link];
  const pictures = links.map((each) => made("img", { src: each.href, alt: each.querySelector("img").alt, draggable: false }));
  const { frames, buttons, press } = zoomed(pictures);
  const close = made("button", { className: "btn", type: "button", textContent: words.close });
  close.dataset.closes = "";
  const stage = made("div", { className: `zoom${links.length === 2 ? " zoom-two" : ""}` }, ...frames);
  const dialog = pass("dialog enlarged", pictures.map(({ alt }) => alt).join(" · "), stage, made("div", { className: "zoom-bar" }, ...buttons, close));
  dialog.addEventListener("keydown", press);
  close.focus();
}

// The page behind the link holds the same form for whoever has no scripts; any trouble leads there.
async function ask(link) {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } }).catch(() => null);
  const page = answer?.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const form = page?.querySelector("form.asking");
  if (!form) return location.assign(link.href);
  if (!form.getAttribute("action")) form.setAttribute("action", link.href);
  const title = page.querySelector("h1")?.textContent.trim() ?? link.textContent.trim();
  const head = made("header", { className: "dialog-head" }, made("h2", { textContent: title }));
  const dialog = pass("dialog", title, head, document.adoptNode(form));
  window.htmx?.process(dialog);
  restore(dialog);
}

const ACTIONS = {
  "[data-opens]": (link) => show(document.getElementById(link.dataset.opens)),
  "[data-asks]": ask,
  "[data-enlarges]": enlarge,
  "dialog[open] [data-closes]": (link) => link.closest("dialog").close(),
};

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  for (const [selector, act] of Object.entries(ACTIONS)) {
    const found = event.target.closest(selector);
    if (!found) continue;
    event.preventDefault();
    act(found);
    return;
  }
});
