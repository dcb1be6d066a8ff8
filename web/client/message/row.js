/**
 * A row of the list: a day, the unread line, events, or a message.
 *
 * @import {Row} from "./grouping"
 * @import {MessageList} from "./list"
 * @import {Conversation, State, Account} from "../types"
 */
import { html, nothing } from "lit";
import { guard } from "lit-html/directives/guard.js";
import { dayOf, fullTime, t, timeOf } from "../language/language.js";
import { avatar } from "../shell/avatar.js";
import { icon } from "../shell/icons.js";
import { readingIn } from "../shell/look.js";
import { database, names, outbox } from "../wiring.js";
import { act, actionsFor } from "./actions.js";
import { bodyView } from "./body.js";
import { authorName, authorOf, eventText, previewOf } from "./preview.js";
import { receiptView } from "./receipt.js";

/** @typedef {{conversation: Conversation, state: State, list: MessageList, stop: string | undefined, translator: MessageList["translator"]}} Context */

/** @type {typeof import("../translation/messages.js") | null} */
let translations = null;

/**
 * What draws translations below the messages of a conversation, once it is here; null where none are
 * wanted.
 *
 * @param {State} state @param {Conversation} conversation @param {() => void} arrived
 */
export function translator(state, conversation, arrived) {
  const language = readingIn(state, conversation.id);
  if (!language || conversation.translation === "off") return null;
  if (translations) return translations.of(conversation, language);
  void import("../translation/messages.js").then((module) => ((translations = module), arrived()));
  return null;
}

/** Runs of more events than this are folded. */
const UNFOLDED = 2;

/** @param {Row} row @param {Context} context */
export function rowView(row, context) {
  switch (row.kind) {
    case "day": return html`<li class="day" data-key=${row.key}><span>${dayOf(row.at ?? "")}</span></li>`;
    case "line": return html`<li class="line" data-key=${row.key}><span>${t("new-messages")}</span></li>`;
    case "events": return events(row);
    default: return message(row, context);
  }
}

/** @param {Row} row */
function events({ key, events: run = [], seq }) {
  const lines = run.map((entry) => html`<p dir="auto" title=${fullTime(entry.at)}>${eventText(entry)}</p>`);
  return html`<li class="events" data-key=${key} data-seq=${seq}>
    ${run.length > UNFOLDED ? html`<details><summary>${t("event.run", { count: run.length })}</summary>${lines}</details>` : lines}</li>`;
}

/** @param {Row} row @param {Context} context */
function message(row, context) {
  const { key, entry, own, first, seq, outgoing } = row;
  if (!entry) return nothing;
  const sent = seq !== Infinity;
  const sender = authorOf(entry);
  const author = names.account(sender);
  const name = authorName(entry);
  const mentioned = !own && (entry.body?.mentions?.includes(context.state.me?.id) || entry.body?.all);
  const classes = ["message", own ? "own" : "", first ? "first" : "", sent ? "" : "waiting", mentioned ? "mentioned" : ""].join(" ");
  return html`<li class=${classes} data-key=${key} data-seq=${sent ? seq : nothing} tabindex=${key === context.stop ? 0 : -1}
    aria-label=${`${name}: ${previewOf(entry.body)}`} aria-description=${timeOf(entry.at)}>
    ${first && !own ? avatar({ id: sender, name, square: author?.bot }) : nothing}
    <div class="content">
      ${first ? head(author, name, entry.at, own) : nothing}
      ${entry.body?.quote ? quote(entry.body.quote, context) : nothing}
      ${words(row, context)}
      ${context.translator?.below(row) ?? nothing}
      ${foot(row, context)}
      ${outgoing?.state === "refused" ? refusal(row, context) : nothing}
    </div>
    ${sent ? tools(row, context) : nothing}
  </li>`;
}

/** @param {Account | undefined} author @param {string} name @param {string} at @param {boolean | undefined} own */
const head = (author, name, at, own) => html`<p class="author">
  ${own ? nothing : html`<bdi class="name">${name}</bdi>${author?.bot ? html`<span class="tag">${t("bot")}</span>` : nothing}`}
  <time datetime=${at} title=${fullTime(at)}>${timeOf(at)}</time></p>`;

/** @param {Row} row @param {Context} context */
function words({ entry, outgoing, own, seq }, { conversation, state }) {
  if (!entry) return nothing;
  if (!entry.body) return recalledLine(entry, own);
  const body = outgoing?.kind === "edit" ? outgoing.body : entry.body;
  // Names and what the reader chose of a card change what is drawn of an unchanged body.
  const seen = [body, conversation.id, seq, state.accounts, state.me, document.documentElement.lang, state.cards.get(`${conversation.id}/${seq}`)];
  return guard(seen, () => bodyView(body, { conversation: conversation.id, seq, own: !!own, version: state.cards.get(`${conversation.id}/${seq}`) ?? 0, edited: entry.edited?.seq ?? 0 }));
}

/** @param {import("../types").Entry} entry @param {boolean | undefined} own */
function recalledLine(entry, own) {
  const by = entry.recalled?.by;
  // The organisation's own account recalls what the organisation keeps no longer.
  const expired = by && names.account(by)?.userid === "";
  const text = expired ? t("recalled.kept") : by && by !== entry.sender ? t("recalled.by", { name: names.name(by) }) : own ? t("recalled.you") : t("recalled.name", { name: names.name(entry.sender) });
  return html`<p class="recalled" dir="auto">${text}</p>`;
}

/** @param {number} seq @param {Context} context */
function quote(seq, { conversation, list }) {
  const quoted = conversation.entries.find((entry) => entry.seq === seq);
  const text = quoted ? previewOf(quoted.body) : t("quote.earlier");
  return html`<button class="quote" @click=${() => list.jumpTo(seq)}>
    ${quoted ? html`<bdi class="name">${names.name(quoted.sender)}</bdi>` : nothing}<span dir="auto">${text}</span></button>`;
}

/** @param {Row} row @param {Context} context */
function foot({ entry, own, seq, outgoing }, { conversation, state }) {
  if (!entry?.body) return nothing;
  const edited = entry.edited && entry.body.type !== "meeting" ? html`<span title=${fullTime(entry.edited.at)}>${t("edited")}</span>` : nothing;
  const receipt = own && seq !== Infinity ? receiptView(conversation, seq, state.receipts.get(`${conversation.id}/${seq}`)) : nothing;
  const pending = outgoing && outgoing.state !== "refused"
    ? html`<span class="pending">${icon("clock")}${outgoing.state === "unknown" ? t("outbox.unknown") : nothing}</span>` : nothing;
  if (edited === nothing && receipt === nothing && pending === nothing) return nothing;
  return html`<p class="foot">${edited}${pending}${receipt}</p>`;
}

/** @param {Row} row @param {Context} context */
function refusal({ outgoing }, { list, conversation }) {
  if (!outgoing) return nothing;
  const change = async () => {
    await database.put("drafts", conversation.id, outgoing.body?.text);
    await outbox.drop(outgoing.ref);
    list.dispatchEvent(new CustomEvent("act-on", { bubbles: true, detail: { restore: Date.now() } }));
  };
  return html`<p class="refused" role="alert"><span dir="auto">${t("outbox.refused", { why: outgoing.problem?.detail ?? "" })}</span>
    <button class="link" @click=${() => outbox.retry(outgoing.ref)}>${t("try-again")}</button>
    ${outgoing.kind === "post" ? html`<button class="link" @click=${change}>${t("edit")}</button>` : nothing}
    <button class="link" @click=${() => outbox.drop(outgoing.ref)}>${t("discard")}</button></p>`;
}

/** @param {Row} row @param {Context} context */
function tools(row, { conversation, list }) {
  const actions = actionsFor(row, conversation);
  if (!actions.length) return nothing;
  const more = async (/** @type {Event} */ event) => {
    const opener = /** @type {HTMLElement} */ (event.currentTarget);
    (await import("./menu.js")).openMenu(opener, actions, (what) => void act(list, row, what));
  };
  return html`<div class="tools">
    <button class="quiet square at-hand" tabindex="-1" aria-label=${t("quote")} title=${t("quote")} @click=${() => act(list, row, "quote")}>${icon("quote")}</button>
    <button class="quiet square" tabindex="-1" aria-label=${t("more")} title=${t("more")} aria-haspopup="menu" @click=${more}>${icon("more")}</button>
  </div>`;
}
