/**
 * A meeting that is past, in its list: when it was, what is left of it, and the way to its record.
 *
 * @import {MeetingView} from "../types"
 */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { icon } from "../shell/icons.js";
import { attempt } from "../shell/notice.js";
import { toConversation } from "../shell/route.js";
import { act, actionsFor } from "./actions.js";
import { leftOf } from "./left.js";
import { whenOf } from "./when.js";

/** @param {MeetingView} one @param {unknown} where the way to its group */
export function past(one, where) {
  const { id, state, conversation } = one;
  const times = one.occurrence ?? one;
  const actions = actionsFor(one, state);
  const more = async (/** @type {Event} */ event) => {
    const opener = /** @type {HTMLElement} */ (event.currentTarget);
    (await import("../message/menu.js")).openMenu(opener, actions, (what) => void attempt(act(one, what)));
  };
  // What was never made has no record; what went wrong is told in its group.
  const record = state === "failed" ? toConversation(conversation) : toConversation(conversation, "captions", id);
  return html`<article class="meeting ${state}" aria-labelledby=${`past-${id}`}>
    <header><h2 id=${`past-${id}`}><a href=${record}><bdi>${one.title}</bdi></a></h2>
      ${state === "ended" ? nothing : html`<span class="state">${t(`meeting.${state}`)}</span>`}
      ${actions.length ? html`<button class="quiet square" aria-label=${t("more")} title=${t("more")} aria-haspopup="menu" @click=${more}>${icon("more")}</button>` : nothing}</header>
    <p class="hint"><time datetime=${times.start}>${whenOf(times)}</time> ${where}</p>
    ${one.problem && state === "failed" ? html`<p class="problem error"><bdi>${one.problem}</bdi></p>` : nothing}
    ${leftOf(one)}
  </article>`;
}
