/**
 * Names of accounts, asked for when they are first drawn: all of one frame in one request.
 *
 * @import {Store} from "./store"
 * @import {Account} from "../types"
 */
import { t } from "../language/language.js";
import { get } from "../session/api.js";

/** Controls that turn the direction of text around; a name must not reorder what stands beside it. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Who is no longer in the organisation. @param {string} id @returns {Account} */
const gone = (id) => ({ id, userid: "", name: t("people.gone"), bot: false, disabled: true });

export class Names {
  #asked = new Set();
  /** @type {string[]} */
  #due = [];
  /** @type {Promise<unknown>} */
  #asking = Promise.resolve();

  /** @param {Store} store */
  constructor(store) {
    this.store = store;
  }

  /** Undefined while it is on its way. @param {string} id @returns {Account | undefined} */
  account(id) {
    const known = this.store.state.accounts.get(id);
    if (!known && id && !this.#asked.has(id)) {
      this.#asked.add(id);
      if (this.#due.push(id) === 1) this.#asking = Promise.all([this.#asking, Promise.resolve().then(() => this.#ask())]);
    }
    return known;
  }

  /** @param {string} id */
  name(id) {
    return this.account(id)?.name ?? "…";
  }

  /** Resolves when all of them are known that can be. @param {string[]} ids */
  async all(ids) {
    const asked = ids.filter((id) => !this.account(id));
    if (asked.length) await this.#asking;
  }

  /** @param {Account[]} accounts */
  learn(accounts) {
    const known = new Map(this.store.state.accounts);
    for (const account of accounts) known.set(account.id, { ...account, name: account.name.replace(BIDI, "") });
    this.store.set({ accounts: known });
  }

  async #ask() {
    const ids = this.#due;
    this.#due = [];
    for (let i = 0; i < ids.length; i += 100) {
      const some = ids.slice(i, i + 100);
      try {
        const { accounts } = await get(`/accounts?ids=${some.map(encodeURIComponent).join(",")}`);
        const found = new Set(accounts.map((/** @type {Account} */ { id }) => id));
        this.learn([...accounts, ...some.filter((id) => !found.has(id)).map(gone)]);
      } catch {
        // Asked again when it is drawn next.
        for (const id of some) this.#asked.delete(id);
      }
    }
  }
}
