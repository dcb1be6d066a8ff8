package chat.plenary.bots.wecom;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.message.Messages;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Supplier;

/** Appends what callers without a ref of their own send, and asks again while it is not known. */
final class Posting {
  /** Each waits up to 3 s; what is not known then is told as that. */
  private static final int ATTEMPTS = 3;

  private final Messages messages;

  Posting(Messages messages) {
    this.messages = messages;
  }

  Future<Outcome> post(Caller bot, ConversationId conversation, Ref ref, MessageBody body) {
    return again(() -> messages.post(bot, conversation, ref, body, path()), ATTEMPTS);
  }

  Future<Outcome> recall(Caller bot, ConversationId conversation, Ref ref, long seq) {
    return again(() -> messages.recall(bot, conversation, ref, seq, path()), ATTEMPTS);
  }

  /** Each has a path of its own: none waits for another that is not known. */
  private static String path() {
    return UUID.randomUUID().toString();
  }

  private static Future<Outcome> again(Supplier<Future<Outcome>> attempt, int left) {
    return attempt
        .get()
        .compose(
            outcome ->
                outcome instanceof Outcome.Unknown && left > 1
                    ? again(attempt, left - 1)
                    : Future.succeededFuture(outcome));
  }
}
