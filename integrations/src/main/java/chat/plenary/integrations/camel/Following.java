package chat.plenary.integrations.camel;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Applied;
import chat.plenary.messaging.log.LiveListener;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What the consumers of a node share: the log, their places, and being told that there is more. */
public final class Following {
  private final Chat chat;
  private final Places places;
  private final Timers timers;
  private final Failures failures;
  private final Context context;
  private final Map<ConversationId, Set<Walk>> walks = new ConcurrentHashMap<>();
  private final Set<Future<Void>> ending = ConcurrentHashMap.newKeySet();

  /**
   * To be made before the log starts.
   *
   * @param failures keeps what no route could take
   */
  public Following(Vertx vertx, Chat chat, Store store, Timers timers, Failures failures) {
    this.chat = chat;
    this.places = new Places(store);
    this.timers = timers;
    this.failures = failures;
    this.context = ((VertxInternal) vertx).createEventLoopContext();
    chat.log().listen((LiveListener) this::applied);
  }

  /** Keeps exchanges that failed for good. */
  public interface Failures {
    /**
     * Keeps one, once: the same exchange again is the same.
     *
     * @param failure why it failed
     * @return succeeds when it is durable
     */
    Future<Void> keep(Exchange exchange, @Nullable Throwable failure);
  }

  /** Waits until everything that was stopped has let go of its place. */
  public Future<Void> settled() {
    return Future.join(List.copyOf(ending)).mapEmpty();
  }

  Failures failures() {
    return failures;
  }

  Timers timers() {
    return timers;
  }

  Sight sight(Caller bot, ConversationId conversation) {
    return new Sight(chat, bot, conversation);
  }

  Walk begin(
      String name,
      ConversationId conversation,
      Sight sight,
      Set<Event> events,
      Function<Sight.Seen, Future<Void>> hand,
      Walk.Settings settings,
      boolean own,
      Caller bot) {
    Walk walk =
        new Walk(
            name + "/" + conversation.value() + "/" + bot.account().value(),
            UUID.randomUUID().toString(),
            places,
            sight,
            one -> {
              Event event = Event.of(bot.organisation(), one.entry().entry());
              return event != null
                  && events.contains(event)
                  && one.entry().recall() == null
                  && (own || !one.entry().entry().sender().equals(bot.account()));
            },
            hand,
            settings,
            timers,
            context);
    walks.computeIfAbsent(conversation, c -> ConcurrentHashMap.newKeySet()).add(walk);
    walk.start();
    return walk;
  }

  void end(ConversationId conversation, Walk walk) {
    walks.computeIfPresent(
        conversation,
        (c, all) -> {
          all.remove(walk);
          return all.isEmpty() ? null : all;
        });
    Future<Void> ended = walk.stop();
    ending.add(ended);
    ended.onComplete(done -> ending.remove(ended));
  }

  private void applied(int lane, List<Applied> applied) {
    if (walks.isEmpty()) {
      return;
    }
    for (Applied one : applied) {
      walks.getOrDefault(one.entry().conversation(), Set.of()).forEach(Walk::wake);
    }
  }
}
