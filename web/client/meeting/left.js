/**
 * What is left of a meeting that is over, or of the last one of a series.
 *
 * @import {Meeting, MeetingView} from "../types"
 */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { safeAddress } from "../message/text.js";
import { lengthOf, whenOf } from "./when.js";

/** @param {Meeting & Partial<MeetingView>} meeting */
export function leftOf({ after, state }) {
  if (!after) return nothing;
  const links = (after.links ?? []).map((link) => ({ ...link, safe: safeAddress(link.url) })).filter(({ safe }) => safe);
  return html`<p class="card-desc">${t(state === "ended" ? "meeting.lasted" : "meeting.last-time", { length: lengthOf(after.seconds) })}</p>
    ${links.length ? html`<ul class="card-jumps" role="list">${links.map(({ title, kind, safe, expires }) => html`<li>
      <a href=${safe?.href} target="_blank" rel="noopener noreferrer"><bdi>${title || t(`meeting.link.${kind === "transcript" ? "transcript" : "recording"}`)}</bdi></a>
      ${expires ? html`<span class="hint">${t("meeting.expires", { when: whenOf({ start: expires, end: expires }) })}</span>` : nothing}</li>`)}</ul>` : nothing}`;
}
