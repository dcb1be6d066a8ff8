/** What floats above the end of the list: the ways to the first unread message and to the latest. */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { icon } from "../shell/icons.js";

/**
 * @param {{away: boolean, lineAbove: number, fresh: number}} where away from the end; how many unread
 *   messages are above what is seen; how many are unread now
 * @param {() => void} toLine @param {() => void} toEnd
 */
export const pills = ({ away, lineAbove, fresh }, toLine, toEnd) => html`<div class="pills">
  ${lineAbove ? html`<button class="pill" @click=${toLine}>${icon("up")}${t("pill.unread", { count: lineAbove })}</button>` : nothing}
  ${away ? html`<button class="pill" @click=${toEnd}>${icon("down")}${fresh ? t("pill.new", { count: fresh }) : t("pill.end")}</button>` : nothing}
</div>`;
