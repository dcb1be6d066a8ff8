/**
 * Who is signed in. The refresh token is in a cookie that no script can read and that all tabs share;
 * the access token is in memory only. One refresh at a time, in all tabs together: the cookie of the
 * one is the beginning of the next.
 *
 * @import {Me} from "../types"
 */
import { access, call, postAnonymously, Refused } from "./api.js";

/** Renewed this long before it expires. */
const EARLY = 60_000;
const TRY_AGAIN = 5_000;
/** Whether this browser may hold a session's cookie, which no script can see. */
const HINT = "plenary.session";

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
    access.refresh = () => this.refresh().catch(() => false);
  }

  /** What a page that is loaded begins with. @returns {Promise<boolean>} as of {@link refresh} */
  async restore() {
    return localStorage.getItem(HINT) ? this.refresh() : false;
  }

  /** @param {{organisation?: string, userid: string, password: string}} who */
  async signIn(who) {
    this.#begin(await postAnonymously("/sign-in", { ...who, cookie: true }));
  }

  /** @param {string} ticket */
  async signInWithTicket(ticket) {
    this.#begin(await postAnonymously("/sign-in/ticket", { ticket, cookie: true }));
  }

  /** Makes the first organisation, then signs its owner in. @param {{token: string, organisation: {name: string}, owner: {userid: string, name: string, password: string}}} what */
  async setUp(what) {
    await postAnonymously("/setup", what);
    const { userid, password } = what.owner;
    await this.signIn({ organisation: what.organisation.name, userid, password });
  }

  /**
   * @returns {Promise<boolean>} whether there is a session; fails where that cannot be told, because
   *   the server could not be reached
   */
  refresh() {
    this.#refreshing ??= alone(() => this.#refresh()).finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async #refresh() {
    try {
      this.#begin(await postAnonymously("/session/refresh", {}));
      return true;
    } catch (error) {
      // Unreachable is not signed out: only the server's word ends the session.
      if (!(error instanceof Refused) || error.problem.status >= 500 || error.problem.status === 429) {
        if (this.me) this.#renewIn(TRY_AGAIN);
        throw error;
      }
      this.#end();
      return false;
    }
  }

  async signOut() {
    await call("POST", "/session/sign-out").catch(() => {});
    this.#end();
  }

  /** @param {{accessToken: string, expiresIn: number, account: Me}} answer */
  #begin(answer) {
    access.token = answer.accessToken;
    localStorage.setItem(HINT, "1");
    this.#renewIn(Math.max(answer.expiresIn * 1000 - EARLY, TRY_AGAIN));
    this.renewed(answer.accessToken);
    if (this.me?.id === answer.account.id) return;
    this.me = answer.account;
    this.changed(this.me);
  }

  #end() {
    clearTimeout(this.#timer);
    access.token = null;
    localStorage.removeItem(HINT);
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

/**
 * While no other tab does it. Without locks (a page that did not come by https) the server's patience
 * with a token shown twice must do.
 *
 * @template T @param {() => Promise<T>} what @returns {Promise<T>}
 */
const alone = async (what) => (navigator.locks ? navigator.locks.request("plenary-refresh", what) : what());
