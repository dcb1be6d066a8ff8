package chat.plenary.integrations.deadletter;

import chat.plenary.messaging.conversation.ConversationJson;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that failed for good.
 *
 * @param id by what it is known: the same for the same exchange of the same route
 * @param organisation whose it is; empty where the route names none
 * @param route the route's id
 * @param exchange the exchange's id, which it keeps when it is sent again
 * @param at when it failed first
 * @param last when it failed last
 * @param attempts how often it failed
 * @param error why, without what may be a secret
 * @param conversation the conversation of the entry that it was made of, or null
 * @param seq the entry that it was made of: its body is read anew, never kept; else 0
 * @param body the body where it was not made of an entry; null for none, or one that was too large
 * @param binary whether the body is base64 of what is no text
 * @param cut whether the body was too large to be kept: it cannot be sent again
 * @param headers its headers, without those that may be secrets
 * @param replay when it was last sent again, in milliseconds since 1970; 0 for never
 */
record DeadLetter(
    String id,
    String organisation,
    String route,
    String exchange,
    Instant at,
    Instant last,
    long attempts,
    String error,
    @Nullable String conversation,
    long seq,
    @Nullable String body,
    boolean binary,
    boolean cut,
    JsonObject headers,
    long replay) {

  /** As administrators see it. */
  JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("id", id)
            .put("route", route)
            .put("exchange", exchange)
            .put("at", ConversationJson.time(at))
            .put("last", ConversationJson.time(last))
            .put("attempts", attempts)
            .put("error", error)
            .put("body", binary ? null : body)
            .put("cut", cut)
            .put("headers", headers)
            .put(
                "replayed",
                replay == 0 ? null : ConversationJson.time(Instant.ofEpochMilli(replay)));
    json.put(
        "entry",
        conversation == null
            ? null
            : new JsonObject().put("conversation", conversation).put("seq", seq));
    return json;
  }
}
