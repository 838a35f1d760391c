// A file dropped on a field with data-drop is chosen there, as if it had been picked by hand.
const zoneOf = ({ target }) => target.closest?.("[data-drop]");

function over(event) {
  const zone = zoneOf(event);
  if (!zone || !event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  zone.classList.add("dropping");
}

function drop(event) {
  const zone = zoneOf(event);
  if (!zone || !event.dataTransfer?.files.length) return;
  event.preventDefault();
  zone.classList.remove("dropping");
  const input = zone.querySelector("input[type=file]");
  const one = new DataTransfer();
  one.items.add(event.dataTransfer.files[0]);
  input.files = one.files;
  input.focus();
}

document.addEventListener("dragover", over);
document.addEventListener("drop", drop);
document.addEventListener("dragleave", (event) => zoneOf(event)?.classList.remove("dropping"));
