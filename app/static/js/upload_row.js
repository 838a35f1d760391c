// One file on its way: its name, a bar, where it stands, and what can be done.
import { words } from "./words.js";

const KB = 1024;
const inKB = (bytes) => `${Math.ceil(bytes / KB).toLocaleString("en")} KB`;
const made = (tag, properties) => Object.assign(document.createElement(tag), properties);
const button = (textContent, act, className = "btn") => {
  const pressed = made("button", { className, type: "button", textContent, hidden: true });
  pressed.addEventListener("click", act);
  return pressed;
};

// The bar shows what the server has, never what was merely handed to the network.
const STATES = {
  queued: () => ["idle", words.queued],
  preparing: () => ["going", words.preparing],
  going: ({ offset = 0 }, size) => ["going", `${Math.min(99, Math.floor((100 * offset) / (size || 1)))}%`],
  waiting: ({ why }) => ["soon", why || words.waiting],
  "signed-out": () => ["soon", words.signedOut],
  refused: (_news, _size, item) => ["late", `${words.failed} ${item.refused}`],
  saved: (_news, _size, { remark }) => (remark ? ["soon", remark] : ["done", `✓ ${words.saved}`]),
};

function picture(item) {
  const place = made("span", { className: "upload-picture", ariaHidden: "true" });
  const source = item.evidence && item.isPicture ? `/evidence/${item.evidence}/320` : item.isPicture && item.blob ? URL.createObjectURL(item.blob) : "";
  if (!source) return place;
  const drawn = made("img", { className: "upload-picture", src: source, alt: "" });
  drawn.addEventListener("error", () => drawn.replaceWith(place)); // HEIC, which few browsers draw
  return drawn;
}

export function row(item, { onAgain, onLeave, onCover }) {
  const bar = made("progress", { className: "upload-bar", max: item.size || 1, value: 0, ariaLabel: item.said.filename });
  const state = made("span", { className: "upload-state" });
  const again = button(words.again, () => onAgain(item));
  const cover = button(words.cover, () => onCover(item), "btn btn-small");
  const away = button("×", () => onLeave(item), "dialog-close upload-away");
  away.setAttribute("aria-label", `${words.leaveOut} ${item.said.filename}`);
  const middle = made("div", {});
  const end = made("div", { className: "upload-ways" });
  const element = made("li", { className: "upload" });
  const name = made("div", { className: "upload-name", textContent: item.said.filename, title: item.said.filename });
  middle.append(name, bar, state);
  end.append(again, cover, away);
  element.append(picture(item), middle, end);

  function tell(news) {
    const [tone, text] = STATES[news.state](news, item.size, item);
    const isOver = ["saved", "refused"].includes(news.state);
    element.dataset.tone = tone;
    state.textContent = news.state === "refused" || item.remark ? text : `${text} · ${inKB(item.size)}${item.said.reduced ? ` · ${words.reduced}` : ""}`;
    bar.max = item.size || 1;
    bar.value = news.state === "saved" ? item.size : news.state === "refused" ? 0 : news.offset ?? bar.value;
    again.hidden = !["refused", "waiting"].includes(news.state);
    cover.hidden = !item.isPicture || isOver;
    away.hidden = news.state === "saved";
    if (news.state === "saved") element.firstChild.replaceWith(picture(item));
  }
  return { element, tell };
}
