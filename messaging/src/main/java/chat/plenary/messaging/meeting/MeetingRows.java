package chat.plenary.messaging.meeting;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The rows of meetings in the store. Every change is a compare-and-set on the row's version; what
 * derives from the rest (the version of the card, the place in lists, when to look again) is made
 * with it.
 */
final class MeetingRows {
  static final String MEETINGS = "meetings";

  private static final int ATTEMPTS = 20;
  private static final Set<String> APART =
      Set.of("yes", "no", "maybe", "rv", "lc", "lacc", "lgu", "lv");

  private final Store store;
  private final Clock clock;
  private final Duration reminder;

  MeetingRows(Store store, Clock clock, Duration reminder) {
    this.store = store;
    this.clock = clock;
    this.reminder = reminder;
  }

  static List<Index> indexes() {
    return List.of(
        Index.unique(MEETINGS, "c", "q"), Index.of(MEETINGS, "p", "x"), Index.of(MEETINGS, "due"));
  }

  /**
   * A row before and after a change.
   *
   * @param before as it was found
   * @param after as it stands; the same where nothing changed
   */
  record Changed(MeetingRow before, MeetingRow after) {
    boolean any() {
      return before.version() != after.version();
    }
  }

  Future<Optional<MeetingRow>> find(String id) {
    return store
        .get(MEETINGS, List.of(id))
        .map(found -> found.stream().map(MeetingRow::new).findFirst());
  }

  /** Finds a meeting by what its provider calls it. */
  Future<Optional<MeetingRow>> find(String provider, String external) {
    return store
        .find(
            Query.in(MEETINGS, "x")
                .where("p", provider)
                .from(new BsonString(external))
                .upTo(new BsonString(external))
                .limit(1))
        .map(found -> found.stream().map(MeetingRow::new).findFirst());
  }

  /** Inserts a row, or finds the one that has its id. */
  Future<MeetingRow> insert(MeetingRow fresh) {
    MeetingRow row = derived(fresh.with("v", 1).with("b", 1), fresh);
    return store
        .insert(MEETINGS, List.of(row.document()))
        .map(row)
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? find(row.id())
                        .map(found -> found.orElseThrow(() -> Fault.notFound("meeting")))
                    : Future.failedFuture(failure));
  }

  /**
   * Changes a row, again and again until nothing came between.
   *
   * @param change pure; gives an equal row where nothing is to be changed
   */
  Future<Changed> change(String id, UnaryOperator<MeetingRow> change) {
    return change(id, change, ATTEMPTS);
  }

  private Future<Changed> change(String id, UnaryOperator<MeetingRow> change, int attempts) {
    if (attempts == 0) {
      return Future.failedFuture(
          Fault.of(Fault.Code.UNAVAILABLE, "This meeting is changed by many at once: try again."));
    }
    return find(id)
        .compose(
            found -> {
              MeetingRow before = found.orElseThrow(() -> Fault.notFound("meeting"));
              MeetingRow changed = change.apply(before);
              if (changed.equals(before)) {
                return Future.succeededFuture(new Changed(before, before));
              }
              MeetingRow after = derived(changed.with("v", before.version() + 1), before);
              return store
                  .update(MEETINGS, update(before, after))
                  .compose(
                      done ->
                          done
                              ? Future.succeededFuture(new Changed(before, after))
                              : change(id, change, attempts - 1));
            });
  }

  /** What is kept so that rows are found, and cards are edited only where they differ. */
  private MeetingRow derived(MeetingRow row, MeetingRow before) {
    boolean shown = MeetingBody.json(row).equals(MeetingBody.json(before));
    MeetingRow moved = shown ? row : row.with("b", row.number("b") + 1);
    // What changes is looked after at once, however long it was to wait.
    boolean waits = Objects.equals(row.when("wait"), before.when("wait"));
    MeetingRow placed =
        (waits ? moved.without("wait") : moved)
            .with("q", place(row.state().open(), row.start(), row.id()))
            .with("ut", clock.instant());
    return placed.with("due", Course.due(placed, reminder));
  }

  private static Update update(MeetingRow before, MeetingRow after) {
    Update update = Update.of(before.id()).expect("v", before.version());
    for (String name : after.document().keySet()) {
      BsonValue value = after.document().get(name);
      if (!APART.contains(name) && !value.equals(before.document().get(name))) {
        update = update.set(name, value);
      }
    }
    for (String name : before.document().keySet()) {
      if (!APART.contains(name) && !after.has(name)) {
        update = update.unset(name);
      }
    }
    return update;
  }

  /**
   * Sets counts, which are apart from the rest of the row and carry a version of their own.
   *
   * @return whether nothing came between
   */
  Future<Boolean> count(MeetingRow row, String version, BsonDocument counts) {
    Update update =
        Update.of(row.id())
            .expect(version, row.has(version) ? new BsonInt64(row.number(version)) : BsonNull.VALUE)
            .set(version, row.number(version) + 1);
    for (String name : counts.keySet()) {
      update = update.set(name, counts.get(name));
    }
    return store.update(MEETINGS, update);
  }

  // ---- pages

  /** Where a meeting stands in lists: open ones by when they begin, the others likewise. */
  static String place(boolean open, Instant start, String id) {
    return (open ? "1/" : "0/") + String.format("%016x", start.toEpochMilli()) + "/" + id;
  }

  /** Open ones of a conversation, the next first; or past ones, the last first. */
  Future<List<MeetingRow>> of(
      ConversationId conversation, boolean open, @Nullable String after, int limit) {
    return page(Query.in(MEETINGS, "q").where("c", conversation.value()), open, after, limit);
  }

  private Future<List<MeetingRow>> page(
      Query query, boolean open, @Nullable String after, int limit) {
    Query range;
    if (open) {
      range = query.after(new BsonString(after == null ? "1/" : after)).before(new BsonString("2"));
    } else {
      range =
          query
              .from(new BsonString("0/"))
              .before(new BsonString(after == null ? "1" : after))
              .reversed();
    }
    return store.find(range.limit(limit)).map(MeetingRows::rows);
  }

  /** What is due, the longest due first. */
  Future<List<MeetingRow>> due(Instant now, int limit) {
    return store
        .find(Query.in(MEETINGS, "due").upTo(new BsonDateTime(now.toEpochMilli())).limit(limit))
        .map(MeetingRows::rows);
  }

  private static List<MeetingRow> rows(Collection<BsonDocument> found) {
    return found.stream().map(MeetingRow::new).toList();
  }
}
