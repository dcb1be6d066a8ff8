package chat.plenary.messaging.message;

import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.log.Entry;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;

/**
 * Looks through a conversation for some of its entries, a window at a time, until there are enough
 * or enough was looked at: thousands of captions may stand between two messages.
 */
final class Sieve {
  private static final int WINDOW = 500;
  private static final int WINDOWS = 4;

  private final History history;
  private final Access.View view;
  private final History.Of of;
  private final int limit;
  private final List<EntryView> found = new ArrayList<>();

  Sieve(History history, Access.View view, History.Of of, int limit) {
    this.history = history;
    this.view = view;
    this.of = of;
    this.limit = limit;
  }

  /** The newest up to an entry. */
  Future<History.Sifted> newest(long last) {
    return newest(last, WINDOWS);
  }

  private Future<History.Sifted> newest(long last, int windows) {
    if (last < view.from() || windows == 0) {
      return Future.succeededFuture(sifted(last < view.from() ? 0 : last + 1));
    }
    long first = Math.max(view.from(), last - WINDOW + 1);
    return window(first, last)
        .compose(
            some -> {
              int room = limit - found.size();
              List<EntryView> kept = some.subList(Math.max(0, some.size() - room), some.size());
              found.addAll(0, kept);
              return found.size() == limit
                  ? Future.succeededFuture(sifted(found.get(0).entry().seq()))
                  : newest(first - 1, windows - 1);
            });
  }

  /** The oldest from an entry on. */
  Future<History.Sifted> oldest(long first, long last) {
    return oldest(Math.max(first, view.from()), last, WINDOWS);
  }

  private Future<History.Sifted> oldest(long first, long last, int windows) {
    if (first > last || windows == 0) {
      return Future.succeededFuture(sifted(first > last ? 0 : first - 1));
    }
    long to = Math.min(last, first + WINDOW - 1);
    return window(first, to)
        .compose(
            some -> {
              found.addAll(some.subList(0, Math.min(some.size(), limit - found.size())));
              return found.size() == limit
                  ? Future.succeededFuture(sifted(found.get(limit - 1).entry().seq()))
                  : oldest(to + 1, last, windows - 1);
            });
  }

  /** One more entry is read before the window: it tells whether the window's first one counts. */
  private Future<List<EntryView>> window(long first, long last) {
    long before = Math.max(1, first - 1);
    return history.between(
        view, before, last, (int) (last - before + 1), entries -> pick(entries, first));
  }

  private List<Entry> pick(List<Entry> entries, long first) {
    List<Entry> picked = new ArrayList<>();
    long m = 0;
    for (Entry entry : entries) {
      if (entry.seq() >= first && isCaption(entry, m) == (of == History.Of.CAPTIONS)) {
        picked.add(entry);
      }
      m = entry.m();
    }
    return picked;
  }

  /** Of a recalled one only the count is left to tell: captions do not count. */
  private boolean isCaption(Entry entry, long m) {
    BsonDocument body = entry.body();
    return switch (entry.kind()) {
      case Kinds.POSTED -> body == null ? entry.m() == m : MessageBody.isCaption(body);
      case Kinds.EDITED ->
          of == History.Of.MESSAGES
              && body != null
              && body.get("body") instanceof BsonDocument edit
              && MessageBody.isCaption(edit);
      default -> false;
    };
  }

  private History.Sifted sifted(long next) {
    return new History.Sifted(List.copyOf(found), view, next <= view.from() ? 0 : next);
  }
}
