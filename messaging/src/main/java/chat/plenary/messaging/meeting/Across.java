package chat.plenary.messaging.meeting;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One page of the meetings of many conversations, merged from the index of each: those that are to
 * come or go on, the next first, or those that are past, the last first. It costs a read of a few
 * rows for each conversation, and more only of those that the page is made of: other conversations,
 * and what is older, are not looked at.
 */
final class Across {
  /** Conversations that are looked at at once. */
  private static final int AT_ONCE = 32;

  /** Rows of a conversation that are read first; each further time twice as many. */
  private static final int FIRST = 2;

  private final MeetingRows rows;
  private final Access access;
  private final Caller caller;
  private final boolean open;
  private final @Nullable String after;
  private final int limit;
  private final PriorityQueue<Source> sources;
  private final List<Seeing.Seen> found = new ArrayList<>();

  Across(
      MeetingRows rows,
      Access access,
      Caller caller,
      boolean open,
      @Nullable String after,
      int limit) {
    this.rows = rows;
    this.access = access;
    this.caller = caller;
    this.open = open;
    this.after = after;
    this.limit = limit;
    Comparator<Source> byPlace = Comparator.comparing(Source::place);
    this.sources = new PriorityQueue<>(open ? byPlace : byPlace.reversed());
  }

  /**
   * A page.
   *
   * @param meetings in their order, each of a group that the caller is a member of
   * @param next what to pass as {@code after} for the next page, or null at the end
   */
  record Page(List<Seeing.Seen> meetings, @Nullable String next) {}

  /** To be called once. */
  Future<Page> of(Collection<ConversationId> conversations) {
    List<ConversationId> all = List.copyOf(conversations);
    int first = Math.min(limit, Math.max(FIRST, limit / Math.max(1, all.size()) + 1));
    Future<Void> opened = Future.succeededFuture();
    for (int i = 0; i < all.size(); i += AT_ONCE) {
      List<ConversationId> some = all.subList(i, Math.min(i + AT_ONCE, all.size()));
      opened =
          opened
              .compose(
                  v ->
                      Future.<Optional<Source>>all(
                          some.stream().map(id -> open(id, first)).toList()))
              .map(
                  each -> {
                    each.<Optional<Source>>list().forEach(one -> one.ifPresent(sources::add));
                    return null;
                  });
    }
    return opened.compose(v -> merge());
  }

  /** Reads what a conversation has, and only where that is something, judges who asks. */
  private Future<Optional<Source>> open(ConversationId conversation, int first) {
    return rows.of(conversation, open, after, first)
        .compose(
            read ->
                read.isEmpty()
                    ? Future.succeededFuture(Optional.<Source>empty())
                    : access
                        .view(caller, conversation)
                        .map(view -> Optional.of(new Source(view, read, first))))
        .recover(
            failure ->
                failure instanceof Fault fault && fault.code() == Fault.Code.NOT_FOUND
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(failure));
  }

  private Future<Page> merge() {
    while (found.size() < limit && !sources.isEmpty()) {
      Source source = sources.remove();
      MeetingRow row = source.waiting.remove();
      found.add(new Seeing.Seen(row, source.view, caller));
      if (!source.waiting.isEmpty()) {
        sources.add(source);
      } else if (source.more) {
        return more(source, row.text("q"));
      }
    }
    return Future.succeededFuture(
        new Page(found, sources.isEmpty() ? null : found.get(limit - 1).row().text("q")));
  }

  private Future<Page> more(Source source, String last) {
    int wanted = Math.min(2 * source.asked, limit);
    return rows.of(source.view.state().id(), open, last, wanted)
        .compose(
            read -> {
              if (!read.isEmpty()) {
                sources.add(new Source(source.view, read, wanted));
              }
              return merge();
            });
  }

  /** A conversation, with those of its meetings that were read and are not in the page. */
  private static final class Source {
    final Access.View view;
    final Deque<MeetingRow> waiting;
    final int asked;
    final boolean more;

    Source(Access.View view, List<MeetingRow> read, int asked) {
      this.view = view;
      this.waiting = new ArrayDeque<>(read);
      this.asked = asked;
      this.more = read.size() == asked;
    }

    /** Where its next one stands; never asked of one that has none. */
    String place() {
      return waiting.element().text("q");
    }
  }
}
