/**
 * Plain text with its mentions and addresses.
 *
 * @import {Body} from "../types"
 */
import { html, nothing } from "lit";
import { names, store } from "../wiring.js";

const ADDRESS = /\b(?:https?:\/\/|mailto:|tel:)[^\s<>"]*[^\s<>"'.,;:!?()\]}。，；：！？（）」』]/giu;
const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);

/** A web address that may be followed, or null. @param {string} text */
export function safeAddress(text) {
  try {
    const url = new URL(text);
    return SAFE.has(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** A link; its host beside it where its words hide it. @param {string} href @param {unknown} words @param {string} plain */
export function linkView(href, words, plain) {
  const url = safeAddress(href);
  if (!url) return words;
  const hidden = url.host && !plain.includes(url.host) ? html` <span class="host" dir="ltr">(${url.host})</span>` : nothing;
  return html`<a href=${url.href} target="_blank" rel="noopener noreferrer" dir=${plain === href ? "ltr" : nothing}>${words}</a>${hidden}`;
}

/** @param {string} text @param {Partial<Body>} body */
export function textView(text, body) {
  /** @type {unknown[]} */
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    parts.push(mentionsView(text.slice(from, match.index), body), linkView(match[0], match[0], match[0]));
    from = match.index + match[0].length;
  }
  return [...parts, mentionsView(text.slice(from), body)];
}

/** Text with @names of those whom the message mentions. @param {string} text @param {Partial<Body>} body */
export function mentionsView(text, { mentions = [], all = false }) {
  if (!text.includes("@") || (!mentions.length && !all)) return text;
  const people = mentions.map((id) => ({ id, word: `@${names.name(id)}` })).filter(({ word }) => word.length > 2);
  const words = all ? [...people, ...["@all", "@所有人"].map((word) => ({ id: "all", word }))] : people;
  words.sort((a, b) => b.word.length - a.word.length);
  /** @type {unknown[]} */
  const parts = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const found = text[at] === "@" && words.find(({ word }) => text.startsWith(word, at));
    if (!found) {
      plain += text[at++];
      continue;
    }
    const me = found.id === "all" || found.id === store.state.me?.id;
    parts.push(plain, html`<bdi class="mention ${me ? "me" : ""}">${found.word}</bdi>`);
    plain = "";
    at += found.word.length;
  }
  return [...parts, plain];
}
