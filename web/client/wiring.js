/**
 * The parts that live as long as the page, wired to one another. Screens import what they use from
 * here.
 */
import { Connection } from "./session/connection.js";
import { get } from "./session/api.js";
import { Session } from "./session/session.js";
import { Database } from "./store/database.js";
import { Follow } from "./store/follow.js";
import { Frames } from "./store/frames.js";
import { History } from "./store/history.js";
import { Names } from "./store/names.js";
import { Outbox } from "./store/outbox.js";
import { Reading } from "./store/reading.js";
import { Store } from "./store/store.js";

export const store = new Store();
export const session = new Session();
export const database = new Database(null);
export const outbox = new Outbox(store, database);
export const frames = new Frames(store, outbox);
export const names = new Names(store);
export const history = new History(store);

export const connection = new Connection({
  frame: (frame) => frames.take(frame),
  live: () => {
    store.set({ connection: "live", lostAt: 0 });
    outbox.connected((frame) => connection.send(frame));
    follow.connected();
    void knowLanguage();
  },
  lost: () => {
    outbox.disconnected();
    store.set({ connection: "connecting", lostAt: store.state.lostAt || Date.now() });
  },
  forgotten: () => store.set({ conversations: new Map() }),
  renew: () => session.refresh(),
});

export const follow = new Follow((frame) => connection.send(frame));
export const reading = new Reading(store, (frame) => connection.send(frame));

/** The language that the reader is translated to, asked for once. */
async function knowLanguage() {
  const { me, readsIn } = store.state;
  if (readsIn !== undefined) return;
  const { language } = await get("/me/language").catch(() => ({ language: undefined }));
  // Its reader may have chosen another meanwhile.
  if (store.state.me === me && store.state.readsIn === undefined) store.set({ readsIn: language });
}

session.renewed = (/** @type {string} */ token) => connection.send({ type: "token", token });

session.changed = async (/** @type {import("./types").Me | null} */ me) => {
  if (!me) {
    connection.close();
    outbox.disconnected();
    follow.forget();
    store.reset();
    return;
  }
  store.reset();
  store.set({ me, connection: "connecting", lostAt: 0 });
  names.learn([me]);
  const opened = await Database.open(me.id);
  database.database = opened.database;
  await outbox.restore();
  connection.open();
};

/** Signs out and forgets what this browser kept of the account. */
export async function signOut() {
  await database.clear().catch(() => {});
  await session.signOut();
}
