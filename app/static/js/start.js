// Every page starts here; each module finds what it knows and leaves the rest alone.
import "./csrf.js";
import "./uploads.js";
import "./drop.js";
import "./once.js";
import "./expired.js";
import "./drafts.js";
import "./dialogs.js";
import "./folds.js";
import "./drawer.js";
import "./keys.js";
import "./place.js";
import "./toasts.js";
import "./refusals.js";
import "./ticks.js";
import "./names.js";

document.documentElement.classList.add("scripted");
document.querySelector("[data-errors]")?.focus();
