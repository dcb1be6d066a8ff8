/**
 * The captions of one meeting for one reader: loads what stands, takes what comes, and asks for
 * translations that did not come.
 *
 * @import {Caption, Entry} from "../types"
 */
import { t } from "../language/language.js";
import { get, path } from "../session/api.js";
import { announce } from "../shell/announcer.js";
import { choice } from "../shell/look.js";
import { speakerOf } from "./caption.js";
import { captionOf, shownTo, withCaption, withRecall, withTranslation } from "./record.js";
import { take } from "./views.js";

const PAGE = 100;
/** No more stand in the document while the end is followed. */
const MOST = 300;
/** A translation that did not come with its caption, nor in a frame, is asked for after this, so often. */
const PATIENCE = 2500;
const TRIES = 3;
/** A sentence that has not grown for so long is not waited for. */
const GROWS = 60_000;
/** At most one caption in so long is spoken; of the others it is said how many they were. */
const SPOKEN_EVERY = 6000;

export class Reel {
  /** @type {Caption[]} */
  captions = [];
  hasEarlier = false;
  hasLater = false;
  loaded = false;
  /** Whether it was opened at its end, which is followed; else at its beginning, which is read. */
  live = false;
  /** Whether the end is what is looked at: then what is old may go. */
  watched = true;
  /** Where the record goes on. @type {number | null} */
  #next = null;
  #tries = new Map();
  /** When each sentence grew last. @type {Map<string, number>} */
  #grown = new Map();
  #asking = 0;
  #spokenAt = 0;
  #unspoken = 0;
  #speaking = 0;
  #stopped = false;

  /** @param {string} conversation @param {string} meeting @param {string | null} language @param {() => void} changed */
  constructor(conversation, meeting, language, changed) {
    this.conversation = conversation;
    this.meeting = meeting;
    this.language = language;
    this.changed = changed;
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#asking);
    clearTimeout(this.#speaking);
  }

  /** Whether what comes belongs at the end of what is here. */
  get #follows() {
    return !this.hasLater;
  }

  /** The end of one that goes on, the beginning of one that is over. */
  async open() {
    const view = await get(path`/meetings/${this.meeting}`);
    take(view);
    this.live = view.state !== "ended";
    if (!this.live) await this.later();
    else await this.earlier();
    this.loaded = true;
    this.changed();
  }

  /** One page before those here. */
  async earlier() {
    const first = this.captions.find(({ seq }) => seq !== null)?.seq ?? 0;
    const page = await get(`${path`/conversations/${this.conversation}/entries?kinds=captions&limit=${PAGE}`}${first ? `&before=${first}` : ""}`);
    const [oldest] = page.entries.filter((/** @type {Entry} */ { body }) => body?.meeting === this.meeting);
    this.hasEarlier = !!oldest && page.next !== null;
    if (oldest) await this.#record(oldest.seq - 1);
  }

  /** What stands around a caption of the record. @param {number} seq */
  async around(seq) {
    if (this.captions.some((one) => one.seq === seq)) return;
    Object.assign(this, { watched: false, captions: [] });
    this.#next = await this.#record(seq - 1);
    this.hasLater = this.#next !== null;
    await this.earlier();
  }

  /** From there back to what is said now. */
  async toLive() {
    if (!this.live || !this.hasLater) return;
    Object.assign(this, { captions: [], hasLater: false });
    await this.earlier();
  }

  /** The next page of the record. */
  async later() {
    this.#next = await this.#record(this.#next);
    this.hasLater = this.#next !== null;
  }

  /** After the connection was lost: what came meanwhile. */
  async goOn() {
    if (!this.loaded || this.hasLater) return;
    let after = this.captions.findLast(({ seq }) => seq !== null)?.seq ?? 0;
    for (let page = 0; page < 20; page++) {
      const next = await this.#record(after);
      if (next === null) return;
      after = next;
    }
  }

  /** @param {number | null} after @returns {Promise<number | null>} where it goes on */
  async #record(after) {
    const from = after ? `&after=${after}` : "";
    const language = this.language ? `&language=${encodeURIComponent(this.language)}` : "";
    const page = await get(`${path`/meetings/${this.meeting}/captions?limit=${PAGE}`}${from}${language}`);
    if (this.#stopped) return null;
    for (const one of page.captions) this.#put(captionOf({ ...one, meeting: this.meeting }, one.seq));
    this.changed();
    return page.next ?? null;
  }

  /** @param {Caption} caption */
  #put(caption) {
    const now = Date.now();
    if (caption.seq === null) this.#grown.set(caption.key, now);
    // Who is heard again has no problem any more, and what does not grow any more was lost.
    const stale = (/** @type {Caption} */ { seq, key, problem, speaker }) => seq === null && (problem ? speaker.name === caption.speaker.name && !caption.problem : now - (this.#grown.get(key) ?? now) > GROWS);
    this.captions = withCaption(this.captions.filter((one) => one.key === caption.key || !stale(one)), caption);
    if (this.watched && this.live && this.captions.length > MOST) {
      this.captions = this.captions.slice(-MOST);
      this.hasEarlier = true;
    }
    if (shownTo(caption, this.language).missing) this.#askSoon();
  }

  /** @param {Entry} entry that came live */
  entry({ kind, seq, body }) {
    if (kind === "message.recalled") this.captions = withRecall(this.captions, body?.target);
    const said = kind === "message.edited" ? body?.body : kind === "message.posted" ? body : null;
    if (said?.type === "caption" && said.meeting === this.meeting && this.#follows) {
      this.#put(captionOf(said, kind === "message.edited" ? body.target : seq));
      if (kind === "message.posted") this.#speak(captionOf(said, seq));
    }
    this.changed();
  }

  /** A sentence so far. @param {any} frame */
  grows(frame) {
    if (!this.#follows || frame.complete) return;
    const known = this.captions.find(({ key }) => key === frame.key);
    this.#put({ ...captionOf(frame, null), from: frame.from ?? known?.from ?? new Date().toISOString() });
    this.changed();
  }

  /** @param {any} frame */
  translated({ seq, language, text, engine, title, problem }) {
    if (language !== this.language) return;
    this.captions = withTranslation(this.captions, seq, { language, text, engine, title, problem });
    this.changed();
  }

  #askSoon() {
    if (this.#asking || this.#stopped) return;
    this.#asking = window.setTimeout(() => {
      this.#asking = 0;
      void this.#ask().catch(() => {});
    }, PATIENCE);
  }

  async #ask() {
    const missing = this.captions.filter((caption) => shownTo(caption, this.language).missing && (this.#tries.get(caption.key) ?? 0) < TRIES);
    if (!missing.length) return;
    for (const { key } of missing) this.#tries.set(key, (this.#tries.get(key) ?? 0) + 1);
    await this.#record(Number(missing[0].seq) - 1);
  }

  /** @param {Caption} caption */
  #speak(caption) {
    if (choice("announce") === "none") return;
    const wait = this.#spokenAt + SPOKEN_EVERY - Date.now();
    if (wait <= 0) {
      this.#spokenAt = Date.now();
      announce(t("announce.message", { author: speakerOf(caption), text: shownTo(caption, this.language).text }));
    } else if (++this.#unspoken === 1) {
      this.#speaking = window.setTimeout(() => {
        announce(t("captions.more", { count: this.#unspoken }));
        this.#unspoken = 0;
        this.#spokenAt = Date.now();
      }, wait);
    }
  }
}
