package chat.plenary.messaging.meeting;

import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Who comes: one row an answer, and the counts of present members in the meeting's row, which are
 * made anew after every answer.
 */
final class Rsvps {
  static final String ANSWERS = "meeting_answers";

  private static final int ATTEMPTS = 20;

  private final Store store;
  private final MeetingRows rows;

  Rsvps(Store store, MeetingRows rows) {
    this.store = store;
    this.rows = rows;
  }

  static List<Index> indexes() {
    return List.of(Index.of(ANSWERS, "m", "w", "a"));
  }

  /** Whether somebody comes. */
  enum Answer {
    YES,
    NO,
    MAYBE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Answer of(String text) {
      for (Answer answer : values()) {
        if (answer.text().equals(text)) {
          return answer;
        }
      }
      throw new IllegalArgumentException("neither yes, no nor maybe");
    }
  }

  /**
   * Accounts of one answer, in order of their ids.
   *
   * @param next what to pass as {@code after} for the next page, or null at the end
   */
  record Page(List<AccountId> accounts, @Nullable String next) {
    Page {
      accounts = List.copyOf(accounts);
    }
  }

  private static String id(String meeting, AccountId account) {
    return meeting + "/" + account.value();
  }

  /** Takes an answer in place of the one before; succeeds with the row whose counts hold it. */
  Future<MeetingRow> answer(
      MeetingRow row, ConversationState group, AccountId account, Answer answer) {
    BsonDocument fresh =
        new BsonDocument("_id", new BsonString(id(row.id(), account)))
            .append("m", new BsonString(row.id()))
            .append("a", new BsonString(account.value()))
            .append("w", new BsonString(answer.text()));
    Update update = Update.of(id(row.id(), account)).set("w", answer.text());
    return store
        .update(ANSWERS, update)
        .compose(
            known ->
                known
                    ? Future.<Void>succeededFuture()
                    : store
                        .insert(ANSWERS, List.of(fresh))
                        .recover(
                            failure ->
                                StoreException.isDuplicate(failure)
                                    ? store.update(ANSWERS, update).mapEmpty()
                                    : Future.failedFuture(failure)))
        .compose(v -> count(row.id(), group, ATTEMPTS));
  }

  private Future<MeetingRow> count(String meeting, ConversationState group, int attempts) {
    if (attempts == 0) {
      return Future.failedFuture(
          Fault.of(Fault.Code.UNAVAILABLE, "Many answer at once: try again."));
    }
    return rows.find(meeting)
        .map(found -> found.orElseThrow(() -> Fault.notFound("meeting")))
        .compose(
            row ->
                counts(meeting, group)
                    .compose(
                        counts ->
                            rows.count(row, "rv", counts)
                                .compose(
                                    done ->
                                        done
                                            ? Future.succeededFuture(with(row, counts))
                                            : count(meeting, group, attempts - 1))));
  }

  private static MeetingRow with(MeetingRow row, BsonDocument counts) {
    MeetingRow counted = row;
    for (String name : counts.keySet()) {
      counted = counted.with(name, counts.get(name));
    }
    return counted;
  }

  private Future<BsonDocument> counts(String meeting, ConversationState group) {
    BsonDocument counts = new BsonDocument();
    Future<Void> done = Future.succeededFuture();
    for (Answer answer : Answer.values()) {
      done =
          done.compose(v -> count(meeting, group, answer, null, 0))
              .map(
                  count -> {
                    counts.append(answer.text(), new BsonInt64(count));
                    return null;
                  });
    }
    return done.map(v -> counts);
  }

  private Future<Long> count(
      String meeting, ConversationState group, Answer answer, @Nullable String after, long sum) {
    return found(meeting, answer, after, Store.MAX_FOUND)
        .compose(
            page -> {
              long members = page.stream().filter(group::isMember).count();
              return page.size() < Store.MAX_FOUND
                  ? Future.succeededFuture(sum + members)
                  : count(meeting, group, answer, page.get(page.size() - 1).value(), sum + members);
            });
  }

  private Future<List<AccountId>> found(
      String meeting, Answer answer, @Nullable String after, int limit) {
    Query query = Query.in(ANSWERS, "a").where("m", meeting).where("w", answer.text());
    return store
        .find((after == null ? query : query.after(new BsonString(after))).limit(limit))
        .map(
            page ->
                page.stream().map(row -> new AccountId(row.getString("a").getValue())).toList());
  }

  /** A page of the present members who gave an answer; it may be short though more follows. */
  Future<Page> page(
      String meeting, ConversationState group, Answer answer, @Nullable String after, int limit) {
    return found(meeting, answer, after, limit + 1)
        .map(
            found -> {
              boolean more = found.size() > limit;
              List<AccountId> page = new ArrayList<>(more ? found.subList(0, limit) : found);
              String next = more ? page.get(limit - 1).value() : null;
              page.removeIf(account -> !group.isMember(account));
              return new Page(page, next);
            });
  }

  /** What somebody answered, by meeting; those that they answered. */
  Future<Map<String, String>> of(AccountId account, Collection<String> meetings) {
    return store
        .get(ANSWERS, meetings.stream().map(meeting -> id(meeting, account)).toList())
        .map(
            found -> {
              Map<String, String> answers = new HashMap<>();
              found.forEach(
                  row -> answers.put(row.getString("m").getValue(), row.getString("w").getValue()));
              return answers;
            });
  }
}
