package chat.plenary.client;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Up to where each conversation was told. What lies between is fetched before anything else is
 * told, what was told is not told again.
 */
final class Heads {
  private static final int PAGE = 100;
  private static final int ATTEMPTS = 10;

  private final Session session;
  private final LiveListener listener;
  private final Map<String, Long> told = new ConcurrentHashMap<>();

  Heads(Session session, LiveListener listener) {
    this.session = session;
    this.listener = listener;
  }

  /** A new entry. Null when it was told at once. */
  @Nullable CompletionStage<?> appended(Entry entry) {
    long last = told.getOrDefault(entry.conversation(), entry.seq() - 1);
    if (entry.seq() <= last + 1) {
      tell(entry);
      return null;
    }
    return fill(entry.conversation(), last, entry.seq(), 1).thenRun(() -> tell(entry));
  }

  /** A conversation that changed. Null when all was told at once. */
  @Nullable CompletionStage<?> changed(Sync.Changed changed) {
    Conversation conversation = changed.conversation();
    listener.conversation(conversation);
    Long last = told.get(conversation.id());
    if (last == null) {
      long from =
          changed.entries().isEmpty() ? conversation.headSeq() : changed.entries().get(0).seq() - 1;
      told.put(conversation.id(), from);
      last = from;
    }
    long next =
        changed.entries().isEmpty() ? conversation.headSeq() + 1 : changed.entries().get(0).seq();
    if (next <= last + 1 || conversation.role() == null) {
      changed.entries().forEach(this::tell);
      return null;
    }
    return fill(conversation.id(), last, next, 1)
        .thenRun(() -> changed.entries().forEach(this::tell));
  }

  private void tell(Entry entry) {
    Long last = told.get(entry.conversation());
    if (last == null || entry.seq() > last) {
      told.put(entry.conversation(), entry.seq());
      listener.entry(entry);
    }
  }

  /**
   * Tells what is after {@code last} and before {@code next} from history. Where the caller may not
   * see it (it was away as a member) there is nothing to tell. Where no node gives it, the entry
   * that asked for it is not told either, and the connection is made anew from the last cursor.
   */
  private CompletableFuture<Void> fill(String conversation, long last, long next, int attempt) {
    return session
        .after(conversation, last, PAGE)
        .thenCompose(page -> filled(conversation, next, page))
        .exceptionallyCompose(
            failure -> {
              Problem problem = Problems.of(failure);
              if (!(problem.temporary() || problem.unknown())) {
                return CompletableFuture.completedFuture(null);
              }
              return attempt == ATTEMPTS
                  ? CompletableFuture.failedFuture(failure)
                  : session
                      .later(500)
                      .thenCompose(now -> fill(conversation, last, next, attempt + 1));
            });
  }

  private CompletableFuture<Void> filled(String conversation, long next, History page) {
    long reached = Long.MAX_VALUE;
    for (Entry entry : page.entries()) {
      if (entry.seq() < next) {
        tell(entry);
      }
      reached = entry.seq();
    }
    return page.entries().isEmpty() || reached >= next - 1
        ? CompletableFuture.completedFuture(null)
        : fill(conversation, reached, next, 1);
  }
}
