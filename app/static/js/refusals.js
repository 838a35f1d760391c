// When a part could not be fetched: says so, and that nothing typed is lost.
import { say } from "./say.js";
import { words } from "./words.js";

document.addEventListener("htmx:sendError", () => say(words.offline));
document.addEventListener("htmx:timeout", () => say(words.offline));
document.addEventListener("htmx:responseError", () => say(words.refused, "late"));
