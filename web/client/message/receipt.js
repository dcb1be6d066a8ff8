/**
 * Beside one's own message: a ring that fills as it is read, and how many have not.
 *
 * @import {Conversation, Receipt} from "../types"
 */
import { html, nothing, svg } from "lit";
import { t } from "../language/language.js";
import { icon } from "../shell/icons.js";

const AROUND = 2 * Math.PI * 5;

/** @param {Conversation} conversation @param {number} seq @param {Receipt | undefined} receipt */
export function receiptView(conversation, seq, receipt) {
  if (!receipt) return nothing;
  const { read, unread } = receipt;
  const all = read + unread;
  if (!all) return nothing;
  const words = unread ? (conversation.kind === "direct" ? t("receipt.delivered") : t("receipt.unread", { count: unread })) : conversation.kind === "direct" ? t("receipt.read") : t("receipt.all");
  const open = async () => (await import("./who-read.js")).openWhoRead(conversation.id, seq);
  return html`<button class="receipt" tabindex="-1" @click=${open} title=${t("readers")}>
    ${unread ? ring(read / all) : icon("check")}${words}</button>`;
}

/** @param {number} share */
const ring = (share) => html`<svg class="ring" viewBox="0 0 14 14" aria-hidden="true">
  ${svg`<circle cx="7" cy="7" r="5"/><circle class="read" cx="7" cy="7" r="5" stroke-dasharray="${AROUND * share} ${AROUND}" transform="rotate(-90 7 7)"/>`}</svg>`;
