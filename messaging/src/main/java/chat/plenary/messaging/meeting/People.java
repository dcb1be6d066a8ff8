package chat.plenary.messaging.meeting;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a meeting, and who was: one row a participant and occurrence. It holds when they came
 * and when they went as two sets, so that it does not matter in which order, and how often, that is
 * told.
 */
final class People {
  static final String PEOPLE = "meeting_people";

  /** Times of coming, and of going, that are kept of one participant. */
  private static final int MOST_TIMES = 50;

  private static final int ATTEMPTS = 20;
  private static final int MOST_PRESENT = 10_000;
  private static final int NAMED = 50;
  private static final int MAX_NAME = 200;

  private final Store store;
  private final MeetingRows rows;

  People(Store store, MeetingRows rows) {
    this.store = store;
    this.rows = rows;
  }

  static List<Index> indexes() {
    return List.of(Index.of(PEOPLE, "k", "in", "i"), Index.of(PEOPLE, "k", "i"));
  }

  /**
   * Somebody's time in an occurrence.
   *
   * @param account who, or null for a guest
   * @param joined when they came first, or null where that was not told
   * @param left when they went last, or null while they are in it or where that was not told
   */
  record Presence(
      @Nullable AccountId account, String name, @Nullable Instant joined, @Nullable Instant left) {}

  /**
   * A page of presences.
   *
   * @param next what to pass as {@code after} for the next page, or null at the end
   */
  record Page(List<Presence> people, @Nullable String next) {
    Page {
      people = List.copyOf(people);
    }
  }

  private static String key(String meeting, int occurrence) {
    return meeting + "/" + occurrence;
  }

  /** Of any length, in any letters: a name of fixed length. */
  private static String name(String external) {
    return UUID.nameUUIDFromBytes(external.getBytes(StandardCharsets.UTF_8)).toString();
  }

  // ---- what is told

  /**
   * Somebody came, or went; known already, or not.
   *
   * @param account whose account it is in the meeting's organisation, or null for a guest
   */
  Future<Void> record(
      MeetingRow row,
      int occurrence,
      Participant participant,
      @Nullable AccountId account,
      @Nullable Instant joined,
      @Nullable Instant left) {
    String key = key(row.id(), occurrence);
    BsonDocument fresh =
        new BsonDocument("_id", new BsonString(key + "/" + name(participant.external())))
            .append("k", new BsonString(key))
            .append("i", new BsonString(name(participant.external())))
            .append("nm", new BsonString(cut(participant.name())))
            .append("j", new BsonArray())
            .append("l", new BsonArray())
            .append("v", new BsonInt64(0));
    return merge(fresh, account, joined, left, ATTEMPTS);
  }

  private static String cut(String name) {
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
  }

  private Future<Void> merge(
      BsonDocument fresh,
      @Nullable AccountId account,
      @Nullable Instant joined,
      @Nullable Instant left,
      int attempts) {
    if (attempts == 0) {
      return Future.failedFuture(
          Fault.of(Fault.Code.UNAVAILABLE, "A participant is told of by many at once."));
    }
    String id = fresh.getString("_id").getValue();
    return store
        .get(PEOPLE, List.of(id))
        .compose(
            found -> {
              BsonDocument before = found.isEmpty() ? fresh : found.get(0);
              BsonDocument after = merged(before, fresh, account, joined, left);
              if (!found.isEmpty() && after.equals(before)) {
                return Future.succeededFuture(true);
              }
              return found.isEmpty() ? inserted(after) : updated(before, after);
            })
        .compose(
            done ->
                done
                    ? Future.<Void>succeededFuture()
                    : merge(fresh, account, joined, left, attempts - 1));
  }

  private static BsonDocument merged(
      BsonDocument before,
      BsonDocument fresh,
      @Nullable AccountId account,
      @Nullable Instant joined,
      @Nullable Instant left) {
    BsonDocument after = before.clone();
    after.put("nm", fresh.get("nm"));
    after.put("j", times(before.getArray("j"), joined));
    after.put("l", times(before.getArray("l"), left));
    long came = newest(after, "j");
    after.put("in", BsonBoolean.valueOf(came > newest(after, "l")));
    if (account != null) {
      after.put("a", new BsonString(account.value()));
    }
    return after;
  }

  private static BsonArray times(BsonArray known, @Nullable Instant more) {
    TreeSet<Long> times = new TreeSet<>();
    known.forEach(time -> times.add(time.asDateTime().getValue()));
    if (more != null) {
      times.add(more.toEpochMilli());
    }
    while (times.size() > MOST_TIMES) {
      times.pollFirst();
    }
    BsonArray array = new BsonArray();
    times.forEach(time -> array.add(new BsonDateTime(time)));
    return array;
  }

  private static long newest(BsonDocument row, String name) {
    BsonArray times = row.getArray(name);
    return times.isEmpty() ? Long.MIN_VALUE : times.get(times.size() - 1).asDateTime().getValue();
  }

  private static @Nullable Instant time(BsonDocument row, String name, boolean last) {
    BsonArray times = row.getArray(name);
    return times.isEmpty()
        ? null
        : Instant.ofEpochMilli(times.get(last ? times.size() - 1 : 0).asDateTime().getValue());
  }

  private Future<Boolean> inserted(BsonDocument row) {
    return store
        .insert(PEOPLE, List.of(row))
        .map(true)
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(failure));
  }

  private Future<Boolean> updated(BsonDocument before, BsonDocument after) {
    Update update =
        Update.of(before.getString("_id").getValue())
            .expect("v", Bson.number(before, "v", 0))
            .inc("v", 1);
    for (String name : after.keySet()) {
      BsonValue value = after.get(name);
      if (!name.equals("v") && !value.equals(before.get(name))) {
        update = update.set(name, value);
      }
    }
    return store.update(PEOPLE, update);
  }

  // ---- who is in

  /** Counts who is in, and keeps that in the meeting's row; succeeds with the row as it is then. */
  Future<MeetingRow> tally(MeetingRow row) {
    return tally(row.id(), ATTEMPTS);
  }

  private Future<MeetingRow> tally(String meeting, int attempts) {
    return rows.find(meeting)
        .map(found -> found.orElseThrow(() -> Fault.notFound("meeting")))
        .compose(
            row ->
                present(row, null, new ArrayList<>())
                    .compose(
                        people -> {
                          BsonDocument counts = counts(people);
                          return rows.count(row, "lv", counts)
                              .compose(
                                  done ->
                                      done || attempts == 0
                                          ? Future.succeededFuture(row)
                                          : tally(meeting, attempts - 1));
                        }));
  }

  private static BsonDocument counts(List<BsonDocument> people) {
    List<String> accounts =
        people.stream()
            .map(one -> Bson.text(one, "a"))
            .filter(account -> account != null)
            .distinct()
            .toList();
    long guests = people.stream().filter(one -> !one.containsKey("a")).count();
    return new BsonDocument("lc", new BsonInt64(accounts.size() + guests))
        .append("lgu", new BsonInt64(guests))
        .append("lacc", Bson.strings(accounts.subList(0, Math.min(NAMED, accounts.size()))));
  }

  /** Who came since the meeting was over last, and has not gone. */
  private Future<List<BsonDocument>> present(
      MeetingRow row, @Nullable BsonValue after, List<BsonDocument> found) {
    if (row.state() != MeetingState.LIVE || found.size() >= MOST_PRESENT) {
      return Future.succeededFuture(found);
    }
    Instant ended = row.when("en");
    Query query =
        Query.in(PEOPLE, "i")
            .where("k", key(row.id(), row.occurrence()))
            .where("in", BsonBoolean.TRUE)
            .limit(Store.MAX_FOUND);
    return store
        .find(after == null ? query : query.after(after))
        .compose(
            page -> {
              for (BsonDocument one : page) {
                if (ended == null || newest(one, "j") > ended.toEpochMilli()) {
                  found.add(one);
                }
              }
              return page.size() < Store.MAX_FOUND
                  ? Future.succeededFuture(found)
                  : present(row, page.get(page.size() - 1).get("i"), found);
            });
  }

  /** A page of who took part in an occurrence, in an order of no meaning. */
  Future<Page> page(String meeting, int occurrence, @Nullable String after, int limit) {
    Query query = Query.in(PEOPLE, "i").where("k", key(meeting, occurrence)).limit(limit + 1);
    return store
        .find(after == null ? query : query.after(new BsonString(after)))
        .map(
            found -> {
              boolean more = found.size() > limit;
              List<BsonDocument> page = more ? found.subList(0, limit) : found;
              return new Page(
                  page.stream().map(People::presence).toList(),
                  more ? page.get(limit - 1).getString("i").getValue() : null);
            });
  }

  private static Presence presence(BsonDocument row) {
    String account = Bson.text(row, "a");
    return new Presence(
        account == null ? null : new AccountId(account),
        row.getString("nm").getValue(),
        time(row, "j", false),
        Bson.flag(row, "in") ? null : time(row, "l", true));
  }
}
