package chat.plenary.messaging.caption;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Who interprets in which meeting, into which language, and who of them is on duty: at most one a
 * language. While somebody is on duty for a language, no machine translates what is said into it.
 */
public final class Interpreters {
  /** Interpreters of a meeting, at the most. */
  public static final int MOST = 20;

  static final String COLLECTION = "interpreters";
  private static final int RACES = 8;
  private static final int REMEMBERED = 1_000;
  private static final Duration GOOD_FOR = Duration.ofSeconds(1);

  private final Store store;
  private final Timers timers;
  private final Map<String, Known> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Known(List<Interpreter> roster, long at) {}

  /**
   * An interpreter.
   *
   * @param account who
   * @param language the tag of the language that they interpret into
   * @param on whether they are on duty
   */
  public record Interpreter(AccountId account, String language, boolean on) {
    private BsonDocument row() {
      return new BsonDocument("a", new BsonString(account.value()))
          .append("l", new BsonString(language))
          .append("on", BsonBoolean.valueOf(on));
    }

    private static Interpreter of(BsonDocument row) {
      return new Interpreter(
          new AccountId(row.getString("a").getValue()),
          row.getString("l").getValue(),
          Bson.flag(row, "on"));
    }
  }

  public Interpreters(Store store, Timers timers) {
    this.store = store;
    this.timers = timers;
  }

  /** The roster of a meeting; empty where nobody was named. */
  public Future<List<Interpreter>> roster(String meeting) {
    return store
        .get(COLLECTION, List.of(meeting))
        .map(found -> remember(meeting, found.isEmpty() ? List.of() : read(found.get(0))));
  }

  /**
   * Replaces the roster; who stays for a language stays on duty for it. Whether the caller may is
   * the caller's affair.
   *
   * @param named accounts and languages; on duty or not says nothing here
   */
  Future<List<Interpreter>> assign(String meeting, List<Interpreter> named) {
    if (named.size() > MOST) {
      throw Fault.invalid("interpreters", "A meeting has at most " + MOST + " interpreters.");
    }
    for (int i = 0; i < named.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (same(named.get(i), named.get(j).account(), named.get(j).language())) {
          throw Fault.invalid("interpreters[" + i + "]", "They are named for this language twice.");
        }
      }
    }
    return change(
        meeting,
        roster ->
            named.stream()
                .map(
                    one ->
                        new Interpreter(
                            one.account(),
                            one.language(),
                            isOn(roster, one.account(), one.language())))
                .toList());
  }

  /**
   * Takes a language's channel over from whoever has it, or hands it back.
   *
   * @return fails as forbidden for whoever is not named for the language
   */
  Future<List<Interpreter>> duty(String meeting, AccountId account, String language, boolean on) {
    return change(
        meeting,
        roster -> {
          if (roster.stream().noneMatch(one -> same(one, account, language))) {
            throw Fault.of(
                Fault.Code.FORBIDDEN,
                "language",
                "You are not named as an interpreter into this language.");
          }
          return roster.stream()
              .map(
                  one -> {
                    boolean mine = same(one, account, language);
                    boolean channel = Language.same(one.language(), language);
                    boolean stays = mine ? on : one.on() && !(channel && on);
                    return new Interpreter(one.account(), one.language(), stays);
                  })
              .toList();
        });
  }

  /** Whether somebody is on duty for a language: known at this node within a second. */
  public Future<Boolean> isInterpreted(String meeting, String language) {
    return channels(meeting)
        .map(channels -> channels.stream().anyMatch(one -> Language.same(one, language)));
  }

  /** The languages for which somebody is on duty; known at this node within a second. */
  Future<List<String>> channels(String meeting) {
    Known fresh = recall(meeting);
    Future<List<Interpreter>> roster =
        fresh != null && timers.elapsed() - fresh.at() < GOOD_FOR.toMillis()
            ? Future.succeededFuture(fresh.roster())
            : roster(meeting);
    return roster.map(Interpreters::channels);
  }

  /**
   * The same as was known last, at once: nobody where nothing was asked yet. It asks for the next
   * time.
   */
  public boolean interpreted(String meeting, String language) {
    Known last = recall(meeting);
    if (last == null || timers.elapsed() - last.at() >= GOOD_FOR.toMillis()) {
      roster(meeting);
    }
    return last != null
        && channels(last.roster()).stream().anyMatch(one -> Language.same(one, language));
  }

  private static List<String> channels(List<Interpreter> roster) {
    return roster.stream().filter(Interpreter::on).map(Interpreter::language).distinct().toList();
  }

  /** Whether somebody is on duty for a language. */
  static boolean isOn(List<Interpreter> roster, AccountId account, String language) {
    return roster.stream().anyMatch(one -> one.on() && same(one, account, language));
  }

  private static boolean same(Interpreter one, AccountId account, String language) {
    return one.account().equals(account) && Language.same(one.language(), language);
  }

  private Future<List<Interpreter>> change(
      String meeting, UnaryOperator<List<Interpreter>> change) {
    return change(meeting, change, RACES);
  }

  private Future<List<Interpreter>> change(
      String meeting, UnaryOperator<List<Interpreter>> change, int races) {
    return store
        .get(COLLECTION, List.of(meeting))
        .compose(
            found -> {
              BsonDocument row = found.isEmpty() ? null : found.get(0);
              List<Interpreter> before = row == null ? List.of() : read(row);
              List<Interpreter> after = change.apply(before);
              if (after.equals(before)) {
                return Future.succeededFuture(remember(meeting, after));
              }
              BsonArray list = new BsonArray();
              after.forEach(one -> list.add(one.row()));
              long v = row == null ? 0 : Bson.number(row, "v", 0);
              Future<Boolean> written =
                  row == null
                      ? store
                          .insert(
                              COLLECTION,
                              List.of(
                                  new BsonDocument("_id", new BsonString(meeting))
                                      .append("v", new BsonInt64(1))
                                      .append("list", list)))
                          .map(true)
                          .recover(
                              failure ->
                                  StoreException.isDuplicate(failure)
                                      ? Future.succeededFuture(false)
                                      : Future.failedFuture(failure))
                      : store.update(
                          COLLECTION,
                          Update.of(meeting).expect("v", v).set("v", v + 1).set("list", list));
              return written.compose(
                  done -> {
                    if (done) {
                      return Future.succeededFuture(remember(meeting, after));
                    }
                    return races > 0
                        ? change(meeting, change, races - 1)
                        : Future.failedFuture(
                            Fault.of(Fault.Code.UNAVAILABLE, "The interpreters change too fast."));
                  });
            });
  }

  private static List<Interpreter> read(BsonDocument row) {
    List<Interpreter> roster = new ArrayList<>();
    row.getArray("list", new BsonArray())
        .forEach(one -> roster.add(Interpreter.of(one.asDocument())));
    return List.copyOf(roster);
  }

  private List<Interpreter> remember(String meeting, List<Interpreter> roster) {
    synchronized (known) {
      known.put(meeting, new Known(roster, timers.elapsed()));
    }
    return roster;
  }

  private @Nullable Known recall(String meeting) {
    synchronized (known) {
      return known.get(meeting);
    }
  }
}
