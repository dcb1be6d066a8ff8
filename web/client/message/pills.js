/**
 * What floats above the end of the list: the ways to the first unread message and to the latest.
 *
 * @import {Row} from "./grouping"
 */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { icon } from "../shell/icons.js";

/** Messages after the unread line. @param {Row[]} rows */
export function unreadSince(rows) {
  const line = rows.findIndex(({ kind }) => kind === "line");
  return line < 0 ? 0 : rows.slice(line).filter(({ kind, own }) => kind === "message" && !own).length;
}

/**
 * @param {{away: boolean, lineAbove: number, fresh: number}} where away from the end; how many unread
 *   messages begin above what is seen; how many are unread now
 * @param {() => void} toLine @param {() => void} toEnd
 */
export const pills = ({ away, lineAbove, fresh }, toLine, toEnd) => html`<div class="pills">
  ${lineAbove ? html`<button class="pill" @click=${toLine}>${icon("up")}${t("pill.unread", { count: lineAbove })}</button>` : nothing}
  ${away ? html`<button class="pill" @click=${toEnd}>${icon("down")}${fresh ? t("pill.new", { count: fresh }) : t("pill.end")}</button>` : nothing}
</div>`;
