package chat.plenary.messaging.conversation;

import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.Future;
import java.util.List;

/** Whoever keeps something that was made of what entries say. */
@FunctionalInterface
public interface Copies {
  /**
   * Drops what was made of entries that say nothing any more. Called once their bodies are gone,
   * perhaps more than once.
   */
  Future<Void> drop(ConversationId conversation, List<Long> seqs);
}
