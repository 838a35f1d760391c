// Draws boxes over faces with a finger or by keys; only their places travel, the server burns them into every copy.
import { words } from "./words.js";

const [SMALLEST, STRIDE] = [0.01, 0.02];
const MIDDLE = [0.4, 0.4, 0.2, 0.2];
const ARROWS = { ArrowLeft: [-STRIDE, 0], ArrowRight: [STRIDE, 0], ArrowUp: [0, -STRIDE], ArrowDown: [0, STRIDE] };
const to = (least, value, most) => Math.min(most, Math.max(least, Number(value.toFixed(5))));
const moved = ([x, y, width, height], [dx, dy]) => [to(0, x + dx, 1 - width), to(0, y + dy, 1 - height), width, height];
const grown = ([x, y, width, height], [dx, dy]) => [x, y, to(STRIDE, width + dx, 1 - x), to(STRIDE, height + dy, 1 - y)];
const made = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const share = (value) => Math.min(1, Math.max(0, value));
const place = (element, [x, y, width, height]) =>
  Object.assign(element.style, { left: `${x * 100}%`, top: `${y * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` });

// Lets boxes be drawn on `stage`, which holds the picture; `changed` hears all of them after each.
export function drawable(stage, boxes, changed) {
  let [start, box] = [null, null];
  const at = ({ clientX, clientY }) => {
    const edge = stage.getBoundingClientRect();
    return [share((clientX - edge.left) / edge.width), share((clientY - edge.top) / edge.height)];
  };
  const between = ([x, y], [a, b]) => [Math.min(x, a), Math.min(y, b), Math.abs(a - x), Math.abs(b - y)];
  const shown = () => {
    stage.querySelectorAll(".cover-box").forEach((old) => old.remove());
    for (const each of boxes) place(stage.appendChild(made("span", { className: "cover-box" })), each);
    changed(boxes);
  };
  stage.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    start = at(event);
    box = stage.appendChild(made("span", { className: "cover-box" }));
  });
  stage.addEventListener("pointermove", (event) => start && place(box, between(start, at(event))));
  stage.addEventListener("pointerup", (event) => {
    const drawn = start && between(start, at(event));
    start = null;
    if (drawn && drawn[2] > SMALLEST && drawn[3] > SMALLEST) boxes.push(drawn.map((each) => Number(each.toFixed(5))));
    shown();
  });
  Object.assign(stage, { tabIndex: 0, role: "group", ariaLabel: words.coverKeys });
  stage.addEventListener("keydown", (event) => {
    const arrow = boxes.length && ARROWS[event.key];
    if (arrow) boxes.push((event.shiftKey ? grown : moved)(boxes.pop(), arrow));
    else if (event.key === "Enter") boxes.push([...MIDDLE]);
    else if (event.key === "Backspace") boxes.pop();
    else return;
    event.preventDefault();
    shown();
  });
  stage.addEventListener("pointercancel", () => { start = null; shown(); });
  shown();
  return { undo: () => { boxes.pop(); shown(); } };
}

// A dialog over a photo; the boxes when they were accepted, null when not.
export function draw(source, boxes) {
  return new Promise((resolve) => {
    const stage = made("div", { className: "cover-stage" }, made("img", { src: source, alt: "", draggable: false }));
    const mine = boxes.map((box) => [...box]);
    const drawing = drawable(stage, mine, () => {});
    const done = made("button", { className: "btn btn-primary", type: "button", textContent: words.done });
    const undo = made("button", { className: "btn", type: "button", textContent: words.undo });
    const not = made("button", { className: "btn", type: "button", textContent: words.close });
    const bar = made("div", { className: "cover-bar" }, done, undo, not);
    const say = made("p", { className: "cover-say", textContent: words.drawBoxes });
    const keys = made("p", { className: "hint cover-keys", textContent: words.coverKeys });
    const dialog = made("dialog", { className: "cover" }, say, stage, keys, bar);
    const end = (answer) => { dialog.remove(); resolve(answer); };
    done.addEventListener("click", () => end(mine));
    undo.addEventListener("click", drawing.undo);
    not.addEventListener("click", () => end(null));
    dialog.addEventListener("cancel", () => end(null));
    dialog.setAttribute("aria-label", words.cover);
    document.body.append(dialog);
    dialog.showModal();
  });
}

// The page of a photo that is already on the server: its form carries the boxes.
for (const form of document.querySelectorAll("form[data-covers]")) {
  const field = form.elements.boxes;
  const drawing = drawable(form.querySelector(".cover-stage"), JSON.parse(field.value || "[]"), (boxes) => (field.value = JSON.stringify(boxes)));
  form.querySelector("[data-undo]")?.addEventListener("click", drawing.undo);
}
