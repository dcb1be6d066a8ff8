/**
 * In which language a conversation is read, and whose growing captions are followed beside it. The
 * server is told when that changes, and again after each new connection.
 *
 * @import {Conversation, State} from "../types"
 */
import { choice } from "../shell/look.js";

/** @typedef {{language: string | null, meeting: string | null}} Read */

/** The reader's choice for that conversation, else their language; null: as it was written. @param {State} state @param {string} id */
export function readingIn(state, id) {
  const chosen = choice(`reading.${id}`);
  return chosen === "original" ? null : chosen || (state.readsIn ?? null);
}

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

export class Follow {
  /** @type {Map<string, Read>} */
  #told = new Map();

  /** @param {(frame: object) => boolean} send */
  constructor(send) {
    this.send = send;
  }

  /** @param {string} conversation @param {Read} read */
  set(conversation, { language, meeting }) {
    const before = this.#told.get(conversation) ?? { language: null, meeting: null };
    if (before.language === language && before.meeting === meeting) return;
    if (language || meeting) this.#told.set(conversation, { language, meeting });
    else this.#told.delete(conversation);
    this.send({ type: "reading", conversation, language, meeting });
  }

  /** A new connection knows nothing of it. */
  connected() {
    for (const [conversation, read] of this.#told) this.send({ type: "reading", conversation, ...read });
  }

  forget() {
    this.#told.clear();
  }
}
