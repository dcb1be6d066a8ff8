/**
 * In which language a conversation is read, and what draws its translations, which is fetched when
 * somebody reads one.
 *
 * @import {Conversation, State} from "../types"
 */
import { choice } from "../shell/look.js";

/** The reader's choice for that conversation, else their language; null: as it was written. @param {State} state @param {string} id */
export function readingIn(state, id) {
  const chosen = choice(`reading.${id}`);
  return chosen === "original" ? null : chosen || (state.readsIn ?? null);
}

/** @type {typeof import("./messages.js") | null} */
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
  void import("./messages.js").then((module) => ((translations = module), arrived()));
  return null;
}
