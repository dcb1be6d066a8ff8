package chat.plenary.bots.feed;

import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.message.History;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads, of one lane, what a bot may see of its conversations between two numbers of the lane. */
final class LaneReading {
  private static final int PAGE = 100;

  private final Log log;
  private final History history;
  private final long after;
  private final long upTo;
  private final int limit;
  private final List<EntryView> found = new ArrayList<>();
  private long bound;

  LaneReading(Log log, History history, long after, long upTo, int limit) {
    this.log = log;
    this.history = history;
    this.after = after;
    this.upTo = upTo;
    this.bound = upTo;
    this.limit = Math.min(limit, PAGE);
  }

  /**
   * A part of a lane.
   *
   * @param entries in order of the lane, at most as many as were asked for
   * @param n the number up to which nothing is missing
   */
  record Part(List<EntryView> entries, long n) {}

  Future<Part> read(List<Access.View> conversations) {
    Future<Void> done = Future.succeededFuture();
    for (Access.View view : conversations) {
      done = done.compose(v -> read(view));
    }
    return done.map(v -> part());
  }

  private Future<Void> read(Access.View view) {
    return first(view)
        .compose(
            first -> {
              long last = Math.min(view.upTo(), first + limit - 1);
              if (first > last) {
                return Future.succeededFuture();
              }
              return history
                  .between(view, first, last, limit)
                  .compose(
                      page -> {
                        found.addAll(page);
                        return last < view.upTo() ? cut(view, last) : Future.succeededFuture();
                      });
            });
  }

  /** There is more of this conversation: what other ones have beyond here has to wait. */
  private Future<Void> cut(Access.View view, long last) {
    return log.read(view.state().id(), last, last, 1)
        .map(
            entries -> {
              entries.forEach(entry -> bound = Math.min(bound, entry.n()));
              return null;
            });
  }

  private Part part() {
    List<EntryView> entries =
        found.stream()
            .filter(one -> one.entry().n() > after && one.entry().n() <= bound)
            .sorted(Comparator.comparingLong(one -> one.entry().n()))
            .toList();
    return entries.size() <= limit
        ? new Part(entries, Math.min(bound, upTo))
        : new Part(entries.subList(0, limit), entries.get(limit - 1).entry().n());
  }

  /** The first seq of a conversation whose entry stands beyond {@link #after} in the lane. */
  private Future<Long> first(Access.View view) {
    long from = Math.max(1, view.from());
    if (after == 0 || from > view.upTo()) {
      return Future.succeededFuture(from);
    }
    long low = Math.max(from, view.upTo() - PAGE + 1);
    ConversationId id = view.state().id();
    return log.read(id, low, view.upTo(), PAGE)
        .compose(
            page -> {
              if (low > from && !page.isEmpty() && page.get(0).n() > after) {
                return search(id, from, low);
              }
              for (Entry entry : page) {
                if (entry.n() > after) {
                  return Future.succeededFuture(entry.seq());
                }
              }
              return Future.succeededFuture(view.upTo() + 1);
            });
  }

  /** Between two seqs, of which the upper one is beyond. */
  private Future<Long> search(ConversationId id, long low, long high) {
    if (low >= high) {
      return Future.succeededFuture(high);
    }
    long middle = (low + high) >>> 1;
    return log.read(id, middle, middle, 1)
        .compose(
            one ->
                one.isEmpty() || one.get(0).n() <= after
                    ? search(id, middle + 1, high)
                    : search(id, low, middle));
  }
}
