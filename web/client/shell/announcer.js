/**
 * What a screen reader is told of what happens by itself: one place, in the document from the start.
 * Many things at once become one sentence.
 */
import { t } from "../language/language.js";

const MANY = 3;
const SPAN = 5000;
const CLEARED_AFTER = 1000;

/** @type {number[]} */
let recent = [];
let clearing = 0;

/** @param {string} text */
export function announce(text) {
  const log = document.getElementById("announcer");
  if (!log) return;
  const line = document.createElement("p");
  line.textContent = text;
  log.append(line);
  clearTimeout(clearing);
  clearing = window.setTimeout(() => log.replaceChildren(), CLEARED_AFTER);
}

/** A message of the open conversation. @param {string} author @param {string} text */
export function announceMessage(author, text) {
  const setting = localStorage.getItem("plenary.announce") ?? "all";
  if (setting === "none") return;
  const now = Date.now();
  recent = [...recent.filter((at) => now - at < SPAN), now];
  if (recent.length <= MANY) announce(t("announce.message", { author, text }));
  else if (recent.length === MANY + 1) announce(t("announce.many"));
}
