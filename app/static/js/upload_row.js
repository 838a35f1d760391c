// One file on its way: its name, a bar, where it stands, and what can be done.
import { words } from "./words.js";

const KB = 1024;
const inKB = (bytes) => `${Math.ceil(bytes / KB).toLocaleString("en")} KB`;
const made = (tag, properties) => Object.assign(document.createElement(tag), properties);

export function waiting(file) {
  const bar = made("progress", { className: "upload-bar", max: file.size || 1, value: 0, ariaLabel: file.name });
  const state = made("span", { className: "upload-state" });
  const picture = made("span", { className: "upload-picture", ariaHidden: "true" });
  const again = made("button", { className: "btn", type: "button", textContent: words.again, hidden: true });
  const away = made("button", { className: "dialog-close upload-away", type: "button", textContent: "×", hidden: true, ariaLabel: words.discard });
  const middle = made("div", {});
  const end = made("div", { className: "inline" });
  const element = made("li", { className: "upload" });
  middle.append(made("div", { className: "upload-name", textContent: file.name, title: file.name }), bar, state);
  end.append(again, away);
  element.append(picture, middle, end);

  const stand = (tone, text, buttons = false) => {
    element.dataset.tone = tone;
    state.textContent = text;
    again.hidden = away.hidden = !buttons;
  };
  const row = {
    element,
    isStranded: false,
    queued: () => { row.isStranded = false; stand("idle", `${words.queued} · ${inKB(file.size)}`); },
    moved: (sent) => { bar.value = Math.min(sent, file.size); stand("going", `${Math.min(99, Math.floor((100 * sent) / (file.size || 1)))}% · ${inKB(file.size)}`); },
    stranded: () => { row.isStranded = true; bar.value = 0; stand("soon", words.waiting, true); },
    refused: (sentence) => { bar.value = 0; stand("late", `${words.failed} ${sentence}`, true); },
    saved: ({ thumb }) => {
      bar.value = bar.max;
      stand("done", `✓ ${words.saved} · ${inKB(file.size)}`);
      if (thumb) picture.replaceWith(made("img", { className: "upload-picture", src: thumb, alt: "" }));
    },
  };
  again.addEventListener("click", () => row.onAgain());
  away.addEventListener("click", () => row.onLeave());
  return row;
}
