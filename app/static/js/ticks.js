// Long lists of boxes are narrowed by typing; what is ticked stays in sight. The rows that are meant are ticked by one box.
import { words } from "./words.js";

const MANY = 10;

function narrow(list, text) {
  const wanted = text.trim().toLowerCase();
  for (const one of list.querySelectorAll(".form-check")) {
    one.hidden = !one.querySelector("input").checked && !one.textContent.toLowerCase().includes(wanted);
  }
}

for (const list of document.querySelectorAll(".group-of")) {
  const first = list.querySelector(".form-check");
  if (list.querySelectorAll("input[type=checkbox]").length < MANY) continue;
  const search = Object.assign(document.createElement("input"), { type: "search", className: "form-control", placeholder: words.narrow });
  search.setAttribute("aria-label", words.narrow);
  search.addEventListener("input", () => narrow(list, search.value));
  search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  first.before(search);
  list.classList.add("group-long");
}

for (const all of document.querySelectorAll("[data-ticks]")) {
  const box = all.querySelector("input");
  all.hidden = false;
  box.addEventListener("change", () => {
    for (const one of all.closest("form").querySelectorAll("input[data-ticked]:enabled")) one.checked = box.checked;
  });
}
