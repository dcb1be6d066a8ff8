/**
 * Markdown as templates: the lexer's tokens, each drawn by a template of ours. No string of HTML is
 * ever made; HTML in a message is a token of its own and shown as the text that it is.
 *
 * @import {Body} from "../types"
 */
import { html, nothing } from "lit";
import { Lexer } from "marked";
import { linkView, mentionsView } from "./text.js";

/** Deeper nesting than this is shown as text: it is no message, it is an attack on the stack. */
const DEEPEST = 12;

/** @param {string} text @param {Partial<Body>} body */
export function markdownView(text, body) {
  try {
    return blocks(new Lexer({ gfm: true, breaks: true }).lex(text), body, 0);
  } catch {
    return text;
  }
}

/** Entities that the lexer left, as the characters they stand for. @param {string} text */
const plain = (text) =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => /** @type {any} */ ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[name]);

/** @param {any[]} tokens @param {Partial<Body>} body @param {number} depth @returns {unknown[]} */
const blocks = (tokens, body, depth) => tokens.map((token) => (depth > DEEPEST ? token.raw : block(token, body, depth + 1)));

/** @param {any} token @param {Partial<Body>} body @param {number} depth @returns {unknown} */
function block(token, body, depth) {
  switch (token.type) {
    case "space": case "def": return nothing;
    case "paragraph": return html`<p dir="auto">${inlines(token.tokens, body, depth)}</p>`;
    case "heading": return html`<p class="heading-${Math.min(token.depth, 3)}" dir="auto"><strong>${inlines(token.tokens, body, depth)}</strong></p>`;
    case "code": return html`<pre dir="ltr" tabindex="0"><code>${token.text}</code></pre>`;
    case "blockquote": return html`<blockquote dir="auto">${blocks(token.tokens, body, depth)}</blockquote>`;
    case "hr": return html`<hr>`;
    case "list": return list(token, body, depth);
    case "table": return table(token, body, depth);
    case "text": return token.tokens ? inlines(token.tokens, body, depth) : mentionsView(plain(token.text), body);
    default: return token.raw;
  }
}

/** @param {any} token @param {Partial<Body>} body @param {number} depth */
function list(token, body, depth) {
  const items = token.items.map((/** @type {any} */ item) => html`<li dir="auto">
    ${item.task ? html`<input type="checkbox" disabled .checked=${item.checked}>` : nothing}${blocks(item.tokens.filter((/** @type {any} */ part) => part.type !== "checkbox"), body, depth)}</li>`);
  return token.ordered ? html`<ol start=${token.start || 1}>${items}</ol>` : html`<ul>${items}</ul>`;
}

/** @param {any} token @param {Partial<Body>} body @param {number} depth */
function table(token, body, depth) {
  const cell = (/** @type {any} */ one) => inlines(one.tokens, body, depth);
  return html`<div class="wide-table" tabindex="0"><table>
    <thead><tr>${token.header.map((/** @type {any} */ one) => html`<th dir="auto">${cell(one)}</th>`)}</tr></thead>
    <tbody>${token.rows.map((/** @type {any[]} */ row) => html`<tr>${row.map((one) => html`<td dir="auto">${cell(one)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

/** @param {any[]} tokens @param {Partial<Body>} body @param {number} depth @returns {unknown[]} */
const inlines = (tokens = [], body, depth) => tokens.map((token) => (depth > DEEPEST ? token.raw : inline(token, body, depth + 1)));

/** @param {any} token @param {Partial<Body>} body @param {number} depth @returns {unknown} */
function inline(token, body, depth) {
  switch (token.type) {
    case "text": return token.tokens ? inlines(token.tokens, body, depth) : mentionsView(plain(token.text), body);
    case "escape": return plain(token.text);
    case "strong": return html`<strong>${inlines(token.tokens, body, depth)}</strong>`;
    case "em": return html`<em>${inlines(token.tokens, body, depth)}</em>`;
    case "del": return html`<del>${inlines(token.tokens, body, depth)}</del>`;
    case "codespan": return html`<code dir="ltr">${plain(token.text)}</code>`;
    case "br": return html`<br>`;
    case "link": return linkView(token.href, inlines(token.tokens, body, depth), token.text);
    case "image": return linkView(token.href, token.text || token.href, token.text || token.href);
    default: return token.raw;
  }
}
