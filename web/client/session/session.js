/**
 * Who is signed in. The refresh token is in a cookie that no script can read; the access token is in
 * memory only. One refresh at a time: later callers wait for the same answer.
 *
 * @import {Me} from "../types"
 */
import { access, call, post, Refused } from "./api.js";

/** Renewed this long before it expires. */
const EARLY = 60_000;

export class Session {
  /** @type {Me | null} */
  me = null;
  /** @type {(me: Me | null) => void} told when it begins and when it ends */
  changed = () => {};
  /** @type {(token: string) => void} told of each new access token */
  renewed = () => {};
  /** @type {Promise<boolean> | null} */
  #refreshing = null;
  #timer = 0;

  constructor() {
    access.refresh = () => this.refresh();
  }

  /** @param {{organisation?: string, userid: string, password: string}} who */
  async signIn(who) {
    this.#begin(await post("/sign-in", { ...who, cookie: true }));
  }

  /** @param {string} ticket */
  async signInWithTicket(ticket) {
    this.#begin(await post("/sign-in/ticket", { ticket, cookie: true }));
  }

  /** @param {object} what the first organisation and its owner */
  async setUp(what) {
    this.#begin(await post("/setup", { ...what, cookie: true }));
  }

  /** @returns {Promise<boolean>} whether there is a session */
  refresh() {
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async #refresh() {
    access.token = null;
    try {
      this.#begin(await post("/session/refresh", {}));
      return true;
    } catch (error) {
      // Unreachable is not signed out: only the server's word ends the session.
      if (!(error instanceof Refused) || error.problem.status >= 500 || error.problem.status === 429) {
        if (this.me) this.#renewIn(5000);
        else throw error;
        return false;
      }
      this.#end();
      return false;
    }
  }

  async signOut() {
    await call("POST", "/session/sign-out", {}).catch(() => {});
    this.#end();
  }

  /** The server ended it. */
  ended() {
    this.#end();
  }

  /** @param {{accessToken: string, expiresIn: number, account: Me}} answer */
  #begin(answer) {
    access.token = answer.accessToken;
    this.#renewIn(Math.max(answer.expiresIn * 1000 - EARLY, 5000));
    this.renewed(answer.accessToken);
    if (this.me?.id === answer.account.id) return;
    this.me = answer.account;
    this.changed(this.me);
  }

  #end() {
    clearTimeout(this.#timer);
    access.token = null;
    if (!this.me) return;
    this.me = null;
    this.changed(null);
  }

  /** @param {number} delay in milliseconds */
  #renewIn(delay) {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.refresh().catch(() => {}), delay);
  }
}
