/**
 * The parts of a card that are only read.
 *
 * @import {Card, Link} from "../types"
 */
import { html, nothing } from "lit";
import { linkView, safeAddress } from "../message/text.js";

/** Words that open an address, or the words alone. @param {Link | undefined | null} link @param {string} words @param {string} [look] */
export function opening(link, words, look) {
  const url = link?.url && link.type !== 0 ? safeAddress(link.url) : null;
  if (!url) return look ? nothing : words;
  return html`<a class=${look ?? nothing} href=${url.href} target="_blank" rel="noopener noreferrer" title=${url.host}>${words}</a>`;
}

/** @param {Card} card */
export function facts(card) {
  const { emphasis_content: big, sub_title_text: sub, quote_area: quote, image_text_area: area } = card;
  return html`
    ${big?.title ? html`<p class="card-big"><strong dir="auto">${big.title}</strong><span dir="auto">${big.desc}</span></p>` : nothing}
    ${sub ? html`<p class="card-sub" dir="auto">${sub}</p>` : nothing}
    ${pictureLink(card)}
    ${area ? html`<div class="card-area"><b dir="auto">${opening(area, area.title ?? "")}</b><span dir="auto">${area.desc}</span></div>` : nothing}
    ${quote?.quote_text || quote?.title ? html`<blockquote class="card-quote">
      ${quote.title ? html`<b dir="auto">${opening(quote, quote.title)}</b>` : nothing}<p dir="auto">${quote.quote_text}</p></blockquote>` : nothing}
    ${(card.vertical_content_list ?? []).map(({ title, desc }) => html`<p class="card-vertical" dir="auto"><b>${title}</b><span>${desc}</span></p>`)}
    ${fields(card)}
    ${jumps(card)}`;
}

/** A picture of another server is a link: drawing it would tell that server who looks. @param {Card} card */
function pictureLink({ card_image: image }) {
  return image?.url ? html`<p class="card-desc">${linkView(image.url, image.url, image.url)}</p>` : nothing;
}

/** @param {Card} card */
function fields({ horizontal_content_list: list = [] }) {
  if (!list?.length) return nothing;
  return html`<dl class="card-fields">${list.map((field) => html`<div><dt dir="auto">${field.keyname}</dt>
    <dd dir="auto">${field.type === 1 ? opening(field, field.value ?? field.url ?? "") : field.value}</dd></div>`)}</dl>`;
}

/** @param {Card} card */
function jumps({ jump_list: list = [] }) {
  if (!list?.length) return nothing;
  return html`<ul class="card-jumps" role="list">${list.map((jump) => html`<li dir="auto">${opening(jump, jump.title ?? "")}</li>`)}</ul>`;
}
