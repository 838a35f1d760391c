// Where names are typed one a line, a box beside proposes them: what is chosen there becomes a line of its own.
import { words } from "./words.js";

function add(box, lines) {
  const known = [...box.list.options].some((option) => option.value === box.value);
  if (!known) return;
  const there = lines.value.split("\n").map((line) => line.trim()).filter(Boolean);
  lines.value = [...new Set([...there, box.value])].join("\n");
  box.value = "";
}

for (const lines of document.querySelectorAll("textarea[data-names]")) {
  const box = Object.assign(document.createElement("input"), { type: "text", className: "form-control", placeholder: words.addName, autocomplete: "off" });
  box.setAttribute("list", "unit-names");
  box.setAttribute("aria-label", words.addName);
  box.addEventListener("input", (event) => event.inputType !== "insertText" && add(box, lines)); // a choice from the list
  box.addEventListener("change", () => add(box, lines));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add(box, lines);
  });
  lines.before(box);
}
