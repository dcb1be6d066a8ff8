package chat.plenary.messaging.gateway;

import chat.plenary.messaging.conversation.ConversationJson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import io.vertx.core.json.JsonObject;

/** What became of what was to be appended, as an answer. */
final class Outcomes {
  private Outcomes() {}

  /**
   * Where it stands.
   *
   * @throws Fault when it was refused, or is unknown
   */
  static Outcome.Accepted accepted(Outcome outcome) {
    if (outcome instanceof Outcome.Accepted accepted) {
      return accepted;
    }
    if (outcome instanceof Outcome.Refused refused) {
      throw refused.why();
    }
    throw Fault.of(
        Fault.Code.UNKNOWN, "It is not known whether this happened: repeat it with the same ref.");
  }

  /** The answer to what was accepted; throws like {@link #accepted}. */
  static Response answer(ConversationId conversation, Ref ref, Outcome outcome) {
    Outcome.Accepted accepted = accepted(outcome);
    return Response.json(
        new JsonObject()
            .put("conversation", conversation.value())
            .put("seq", accepted.seq())
            .put("m", accepted.m())
            .put("ref", ref.value())
            .put("at", ConversationJson.time(accepted.at())));
  }
}
