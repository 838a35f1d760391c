// Menus that fold out close again by Escape or a click elsewhere; filters stand open where there is room.
const open = () => document.querySelectorAll("details[data-fold-out][open]");

document.addEventListener("click", ({ target }) => {
  for (const fold of open()) if (!fold.contains(target)) fold.open = false;
});

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const fold of open()) {
    fold.open = false;
    fold.querySelector("summary").focus();
  }
});

const roomy = window.matchMedia("(min-width: 48rem)").matches;
for (const filters of document.querySelectorAll("details[data-filters]")) filters.open = roomy;
