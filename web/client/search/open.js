/** Opens the search, and what was found in its place. Loaded when somebody searches. */
import { html } from "lit";
import { t } from "../language/language.js";
import { openDialog } from "../shell/dialog.js";
import { go, toConversation } from "../shell/route.js";
import "./search.js";

/** @import {Entry} from "../types" */

/** Drawing a place may have to wait for pages of history. */
const PATIENCE = 15_000;

/** @param {{words?: string, conversation?: string, meeting?: string}} [where] what is in the field, and to what the search is narrowed */
export function openSearch({ words = "", conversation = "", meeting = "" } = {}) {
  openDialog(t(meeting ? "search.captions" : "search.messages"), (close) => html`<message-search .words=${words} .conversation=${conversation} .meeting=${meeting}
    @found=${(/** @type {CustomEvent} */ { detail }) => {
      close();
      void openEntry(detail);
    }}></message-search>`, { wide: true }).classList.add("search-dialog");
}

/** A message in its conversation, or a caption in its record. @param {Entry} entry */
export async function openEntry({ conversation, seq, body }) {
  if (body?.type === "caption") {
    go(toConversation(conversation, "captions", body.meeting));
    const captions = await there("meeting-captions", (/** @type {any} */ one) => one.of === conversation && one.meeting === body.meeting && one.reel?.loaded);
    await captions?.show(seq);
    return;
  }
  // On a phone what stands beside the messages covers them.
  go(toConversation(conversation));
  const list = await there("message-list", (/** @type {any} */ one) => one.of === conversation && one.scroller);
  await list?.jumpTo(seq, true);
}

/** An element, as soon as it is what is waited for. @param {string} name @param {(element: any) => unknown} ready @returns {Promise<any>} */
async function there(name, ready) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    const element = document.querySelector(name);
    if (element && ready(element)) return element;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return null;
}
