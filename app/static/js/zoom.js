// Photos drawn larger by wheel, two fingers, double tap, keys or buttons; two beside each other move as one.
import { words } from "./words.js";

const [MOST, STEP, STRIDE] = [8, 1.5, 0.1];
const KEYS = {
  "+": ["by", STEP], "=": ["by", STEP], "-": ["by", 1 / STEP], 0: ["by", 0],
  ArrowLeft: ["move", STRIDE, 0], ArrowRight: ["move", -STRIDE, 0], ArrowUp: ["move", 0, STRIDE], ArrowDown: ["move", 0, -STRIDE],
};
const made = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const within = (value, most) => Math.min(most, Math.max(-most, value));

// The pictures, each in a frame, and the buttons; places are shares of a frame, counted from its middle.
export function zoomed(pictures) {
  let [scale, x, y] = [1, 0, 0];
  const draw = () => {
    const most = (scale - 1) / 2;
    [x, y] = [within(x, most), within(y, most)];
    for (const { style } of pictures) style.transform = `translate(${x * 100}%, ${y * 100}%) scale(${scale})`;
  };
  const move = (dx, dy) => { [x, y] = [x + dx, y + dy]; draw(); };
  const by = (factor, [px, py] = [0, 0]) => {
    const next = Math.min(MOST, Math.max(1, scale * factor));
    [x, y, scale] = [px - (px - x) * (next / scale), py - (py - y) * (next / scale), next];
    draw();
  };
  const ways = { move, by, isLarge: () => scale > 1 };
  const frames = pictures.map((picture) => touched(made("div", { className: "zoom-frame" }, picture), ways));
  const button = (textContent, label, act) => {
    const pressed = made("button", { className: "btn zoom-by", type: "button", textContent, ariaLabel: label });
    pressed.addEventListener("click", act);
    return pressed;
  };
  const buttons = [button("+", words.larger, () => by(STEP)), button("−", words.smaller, () => by(1 / STEP))];
  const press = (event) => {
    const [way, ...given] = KEYS[event.key] ?? [];
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    ways[way](...given);
  };
  return { frames, buttons, press };
}

function touched(frame, { move, by, isLarge }) {
  const fingers = new Map();
  const at = ({ clientX, clientY }) => {
    const edge = frame.getBoundingClientRect();
    return [(clientX - edge.left) / edge.width - 0.5, (clientY - edge.top) / edge.height - 0.5];
  };
  const spread = () => {
    const [[ax, ay], [bx, by_]] = [...fingers.values()];
    return { far: Math.hypot((ax - bx) * frame.clientWidth, (ay - by_) * frame.clientHeight), middle: [(ax + bx) / 2, (ay + by_) / 2] };
  };
  frame.addEventListener("pointerdown", (event) => {
    frame.setPointerCapture(event.pointerId);
    if (fingers.size < 2) fingers.set(event.pointerId, at(event));
  });
  frame.addEventListener("pointermove", (event) => {
    const [from, to] = [fingers.get(event.pointerId), at(event)];
    if (!from) return;
    const before = fingers.size === 2 && spread();
    fingers.set(event.pointerId, to);
    if (!before) return move(to[0] - from[0], to[1] - from[1]);
    const { far, middle } = spread();
    move(middle[0] - before.middle[0], middle[1] - before.middle[1]);
    if (before.far > 0) by(far / before.far, middle);
  });
  for (const end of ["pointerup", "pointercancel"]) frame.addEventListener(end, ({ pointerId }) => fingers.delete(pointerId));
  frame.addEventListener("wheel", (event) => { event.preventDefault(); by(event.deltaY < 0 ? STEP : 1 / STEP, at(event)); }, { passive: false });
  frame.addEventListener("dblclick", (event) => by(isLarge() ? 0 : STEP ** 3, at(event)));
  return frame;
}
