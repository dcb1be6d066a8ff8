/** The count in the title, and notifications of what is addressed to the reader while the page is not looked at. */
import { t } from "../language/language.js";
import { mentionsOf } from "../store/apply.js";
import { frames, store } from "../wiring.js";
import { authorName, previewOf } from "../message/preview.js";
import { announceMessage } from "./announcer.js";
import { totals } from "./rail.js";
import { go, route, toConversation } from "./route.js";

/** @import {Conversation, Entry} from "../types" */

export function startNotifying() {
  store.listen((state) => {
    const { unread } = totals(state);
    document.title = unread ? `(${unread}) Plenary` : "Plenary";
    const { setAppBadge, clearAppBadge } = /** @type {any} */ (navigator);
    if (unread) setAppBadge?.call(navigator, unread)?.catch(() => {});
    else clearAppBadge?.call(navigator)?.catch(() => {});
  });
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    if (typeof data?.open === "string" && data.open.startsWith("/c/")) go(data.open);
  });
  frames.heard = (conversation, entry) => {
    // Captions are told of where they are read.
    if (entry.kind !== "message.posted" || entry.body?.type === "caption") return;
    const author = authorName(entry);
    const text = previewOf(entry.body);
    if (document.hasFocus() && route().id === conversation.id) announceMessage(author, text);
    else if (conversation.kind === "direct" || mentionsOf(entry, store.state.me?.id ?? "")) {
      void notify(conversation, entry, author, text);
    }
  };
}

/**
 * One notification a message whatever the number of tabs: the same tag replaces, and only the tab that
 * holds the lock speaks.
 *
 * @param {Conversation} conversation @param {Entry} entry @param {string} author @param {string} text
 */
async function notify(conversation, entry, author, text) {
  if (globalThis.Notification?.permission !== "granted" || !navigator.locks) return;
  await navigator.locks.request(`notify-${entry.conversation}-${entry.seq}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    const registration = await navigator.serviceWorker.ready;
    const title = conversation.kind === "group" ? t("notify.in", { author, group: conversation.name ?? "" }) : author;
    await registration.showNotification(title, {
      body: text, tag: conversation.id, icon: "/icons/plenary.svg", data: { url: toConversation(conversation.id) },
    });
  });
}
