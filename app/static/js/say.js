// Says one sentence on top of the page, in place of what was said before.
export function say(sentence, tone = "soon") {
  const place = document.querySelector(".flashes");
  if (!place) return;
  const text = Object.assign(document.createElement("p"), { textContent: sentence });
  const notice = Object.assign(document.createElement("div"), { className: "notice" });
  notice.dataset.tone = tone;
  notice.append(text);
  place.replaceChildren(notice);
  place.scrollIntoView({ block: "center" });
}
