/**
 * One caption: who speaks, what its reader reads, and what is to be said of that.
 *
 * @import {Caption} from "../types"
 */
import { html, nothing } from "lit";
import { t, timeOf } from "../language/language.js";
import { names } from "../wiring.js";
import { shownTo } from "./record.js";
import { languageName } from "./when.js";

/** @param {Caption} caption */
export const speakerOf = ({ speaker }) => (speaker.account ? names.name(speaker.account) : speaker.name) || t("captions.somebody");

/** @param {Caption | undefined} one @param {Caption | undefined} other */
const same = (one, other) => !!one && !!other && speakerOf(one) === speakerOf(other) && one.by === other.by;

/** What stands below it, if anything. @param {Caption} caption @param {string | null} language */
function noteOf(caption, language) {
  if (caption.recalled) return "";
  if (caption.problem) return t("captions.stopped", { problem: caption.problem });
  const { engine, problem, missing } = shownTo(caption, language);
  if (engine !== undefined) return t("translation.machine-by", { engine });
  if (problem) return t("translation.failed", { language: languageName(caption.language), problem });
  if (missing) return t("translation.pending");
  return caption.by === "interpreter" ? t("captions.interpreted") : "";
}

/**
 * The name stands above the first of what one says, what is to be said of the translation below the
 * last for which it is the same.
 *
 * @param {Caption} caption @param {Caption | undefined} before @param {Caption | undefined} after @param {string | null} language
 */
export function captionView(caption, before, after, language) {
  const { text, language: tag } = shownTo(caption, language);
  const note = noteOf(caption, language);
  const ends = !same(caption, after) || note !== noteOf(/** @type {Caption} */ (after), language);
  const first = !same(before, caption);
  return html`<li class="caption ${first ? "first" : ""} ${caption.seq === null ? "growing" : ""}">
    ${first ? html`<p class="author"><bdi class="name">${speakerOf(caption)}</bdi>${caption.from ? html`<time datetime=${caption.from}>${timeOf(caption.from)}</time>` : nothing}</p>` : nothing}
    ${caption.recalled ? html`<p class="hint">${t("captions.recalled")}</p>` : !text ? nothing : html`<p class="said" dir="auto" lang=${tag || nothing}>${text}</p>`}
    ${note && ends ? html`<p class="hint">${note}</p>` : nothing}</li>`;
}
