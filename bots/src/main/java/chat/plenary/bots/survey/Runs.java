package chat.plenary.bots.survey;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Which organisation is asked which survey by which bot, in which groups, and how far it is. */
final class Runs {
  private static final String RUNS = "survey_runs";
  private static final String GROUPS = "survey_groups";

  /** Groups that one organisation is asked in, at the most. */
  private static final int MOST_GROUPS = 1_000;

  private static final int PAGE = 200;

  private final Store store;
  private final Map<String, Entry> byBot = new ConcurrentHashMap<>();

  Runs(Store store) {
    this.store = store;
  }

  /** How far a run is. */
  enum Stage {
    OPEN,
    /** Nothing new is taken; what is being sent is brought to its end. */
    CLOSING,
    CLOSED
  }

  /**
   * A run.
   *
   * @param bot the account that asks
   */
  record Entry(Run run, AccountId bot, Stage stage) {
    /** The bot as a caller. */
    Caller caller() {
      return new Caller(bot, run.organisation(), null, Role.MEMBER, true);
    }
  }

  Future<Void> prepare() {
    return store
        .index(Index.unique(RUNS, "b"))
        .compose(v -> store.index(Index.unique(GROUPS, "s", "c")));
  }

  /** A run, or null where the organisation was never asked. */
  Future<@Nullable Entry> find(Run run) {
    return store
        .get(RUNS, List.of(run.key()))
        .map(rows -> rows.isEmpty() ? null : entry(rows.get(0)));
  }

  /** The run that a bot asks, or null where it asks none. Of the stage nothing is told. */
  Future<@Nullable Entry> ofBot(AccountId bot) {
    Entry known = byBot.get(bot.value());
    if (known != null) {
      return Future.succeededFuture(known);
    }
    BsonString id = new BsonString(bot.value());
    return store
        .find(Query.in(RUNS, "b").from(id).upTo(id).limit(1))
        .map(
            rows -> {
              if (rows.isEmpty()) {
                return null;
              }
              Entry found = entry(rows.get(0));
              byBot.put(bot.value(), found);
              return found;
            });
  }

  /** A page of all runs, by their bots. */
  Future<List<Entry>> page(@Nullable String afterBot) {
    Query query = Query.in(RUNS, "b").limit(PAGE);
    return store
        .find(afterBot == null ? query : query.after(new BsonString(afterBot)))
        .map(rows -> rows.stream().map(Runs::entry).toList());
  }

  /** Begins a run, or finds that it was begun. */
  Future<Entry> begin(Run run, AccountId bot) {
    BsonDocument row =
        new BsonDocument("_id", new BsonString(run.key()))
            .append("o", new BsonString(run.organisation().value()))
            .append("v", new BsonString(run.survey()))
            .append("b", new BsonString(bot.value()))
            .append("st", new BsonString(Stage.OPEN.name()));
    return once(RUNS, row)
        .compose(v -> find(run))
        .map(
            found -> {
              if (found == null) {
                throw Fault.of(Fault.Code.CONFLICT, "The bot already asks another survey.");
              }
              return found;
            });
  }

  Future<Boolean> move(Run run, Stage from, Stage to) {
    return store.update(RUNS, Update.of(run.key()).expect("st", from.name()).set("st", to.name()));
  }

  /** Remembers that a group was invited. */
  Future<Void> invited(Run run, ConversationId group) {
    return once(
        GROUPS,
        new BsonDocument("_id", new BsonString(run.key() + "/" + group.value()))
            .append("s", new BsonString(run.key()))
            .append("c", new BsonString(group.value())));
  }

  /** The groups that were invited. */
  Future<List<ConversationId>> groups(Run run) {
    return store
        .find(Query.in(GROUPS, "c").where("s", run.key()).limit(MOST_GROUPS))
        .map(
            rows -> {
              List<ConversationId> groups = new ArrayList<>();
              rows.forEach(row -> groups.add(new ConversationId(row.getString("c").getValue())));
              return groups;
            });
  }

  private Future<Void> once(String collection, BsonDocument row) {
    Function<Throwable, Future<Void>> there =
        failure ->
            StoreException.isDuplicate(failure)
                ? Future.succeededFuture()
                : Future.failedFuture(failure);
    return store.insert(collection, List.of(row)).recover(there);
  }

  private static Entry entry(BsonDocument row) {
    String stage = Bson.text(row, "st");
    return new Entry(
        new Run(new OrganisationId(row.getString("o").getValue()), row.getString("v").getValue()),
        new AccountId(row.getString("b").getValue()),
        stage == null ? Stage.OPEN : Stage.valueOf(stage));
  }
}
