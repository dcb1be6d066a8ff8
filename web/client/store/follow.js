/**
 * In which language a conversation is read, and whose growing captions are followed beside it. The
 * server is told when that changes, and again after each new connection.
 */

/** @typedef {{language: string | null, meeting: string | null}} Read */

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
