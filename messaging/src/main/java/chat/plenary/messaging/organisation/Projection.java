package chat.plenary.messaging.organisation;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Revoked;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.log.DurableListener;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows of organisations in step with their logs. Every row carries the number that it is
 * true up to, and is changed only from what it was read as; the organisation's row comes last.
 */
public final class Projection implements DurableListener {
  /** Endings are of no use any more long before this. */
  private static final Duration ENDINGS_KEPT = Duration.ofHours(1);

  private static final int SWEPT = 100;

  private final Store store;

  public Projection(Store store) {
    this.store = store;
  }

  @Override
  public String name() {
    return "organisations";
  }

  @Override
  public boolean wants(Entry entry) {
    return entry.conversation().isOrganisation();
  }

  @Override
  public Future<Void> take(int lane, List<Entry> entries) {
    Map<OrganisationId, List<Entry>> mine = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.conversation().isOrganisation()) {
        mine.computeIfAbsent(
                new OrganisationId(entry.conversation().value()), id -> new ArrayList<>())
            .add(entry);
      }
    }
    Future<Void> done = Future.succeededFuture();
    for (Map.Entry<OrganisationId, List<Entry>> one : mine.entrySet()) {
      done = done.compose(before -> project(one.getKey(), one.getValue()));
    }
    return done;
  }

  private Future<Void> project(OrganisationId id, List<Entry> entries) {
    return store
        .get(Rows.ORGANISATIONS, List.of(id.value()))
        .compose(
            rows -> {
              BsonDocument row = rows.isEmpty() ? null : rows.get(0);
              long known = row == null ? 0 : Rows.number(row, "seq");
              List<Entry> news = entries.stream().filter(entry -> entry.seq() > known).toList();
              if (news.isEmpty()) {
                return Future.succeededFuture();
              }
              Future<Void> done = Future.succeededFuture();
              for (Entry entry : news) {
                done = done.compose(before -> accounts(id, entry));
              }
              return done.compose(before -> organisation(id, row, news));
            });
  }

  /** What an entry does to rows of accounts. */
  private Future<Void> accounts(OrganisationId id, Entry entry) {
    Change change = Change.read(id, entry.kind(), entry.version(), entry.body());
    long seq = entry.seq();
    if (change instanceof Change.Created created) {
      return insert(Rows.ACCOUNTS, List.of(Rows.row(id, created.owner().account(seq))));
    }
    if (change instanceof Change.Added added) {
      return insert(
          Rows.ACCOUNTS,
          added.members().stream().map(member -> Rows.row(id, member.account(seq))).toList());
    }
    if (change instanceof Change.MemberChanged changed) {
      return change(id, changed.account(), seq, before -> changed.changed(before, seq), false);
    }
    if (change instanceof Change.Removed removed) {
      return change(
          id, removed.account(), seq, before -> OrganisationState.signedOut(before, seq), true);
    }
    if (change instanceof Change.SessionsRevoked revoked) {
      return revoked.revoked().session() == null
          ? change(
              id,
              revoked.revoked().account(),
              seq,
              before -> OrganisationState.signedOut(before, seq),
              false)
          : ending(id, revoked.revoked(), entry);
    }
    return Future.succeededFuture();
  }

  private interface Step {
    Account after(Account before);
  }

  private Future<Void> change(
      OrganisationId id, AccountId account, long seq, Step step, boolean gone) {
    return store
        .get(Rows.ACCOUNTS, List.of(Rows.key(id, account)))
        .compose(
            rows -> {
              Account before = Rows.found(rows);
              if (before == null || Rows.isGone(rows.get(0)) || before.seq() >= seq) {
                return Future.succeededFuture();
              }
              Update update =
                  Update.of(Rows.key(id, account)).expect("seq", rows.get(0).getNumber("seq"));
              for (Map.Entry<String, BsonValue> field :
                  Rows.fields(step.after(before)).entrySet()) {
                update = update.set(field.getKey(), field.getValue());
              }
              if (gone) {
                update = update.set("gone", BsonBoolean.TRUE);
              }
              return store.update(Rows.ACCOUNTS, update).compose(Projection::orAgain);
            });
  }

  private Future<Void> ending(OrganisationId id, Revoked revoked, Entry entry) {
    if (revoked.session() == null) {
      return Future.succeededFuture();
    }
    BsonDocument row =
        new BsonDocument("_id", new BsonString(Rows.endingKey(id, entry.seq())))
            .append("s", new BsonString(revoked.session().value()))
            .append("at", new BsonDateTime(entry.at().toEpochMilli()));
    return insert(Rows.ENDINGS, List.of(row)).compose(stored -> sweep(id, entry.at()));
  }

  /** Forgets a bounded number of old endings at each new one: more than come. */
  private Future<Void> sweep(OrganisationId id, Instant now) {
    Instant horizon = now.minus(ENDINGS_KEPT);
    Query oldest =
        Query.in(Rows.ENDINGS, "_id")
            .after(new BsonString(Rows.prefix(id)))
            .before(new BsonString(Rows.end(id)))
            .limit(SWEPT);
    return store
        .find(oldest)
        .compose(
            rows -> {
              List<String> old =
                  rows.stream()
                      .filter(row -> row.getDateTime("at").getValue() < horizon.toEpochMilli())
                      .map(row -> Bodies.text(row, "_id"))
                      .toList();
              return old.isEmpty() ? Future.succeededFuture(0) : store.delete(Rows.ENDINGS, old);
            })
        .mapEmpty();
  }

  /** Inserts rows that are new unless an earlier attempt, or another node, has done so. */
  private Future<Void> insert(String collection, List<BsonDocument> rows) {
    Future<Void> done = Future.succeededFuture();
    for (int from = 0; from < rows.size(); from += Store.MAX_RUN) {
      List<BsonDocument> run = rows.subList(from, Math.min(rows.size(), from + Store.MAX_RUN));
      done = done.compose(before -> insertRun(collection, run));
    }
    return done;
  }

  private Future<Void> insertRun(String collection, List<BsonDocument> run) {
    return store
        .insert(collection, run)
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? insertMissing(collection, run)
                    : Future.failedFuture(failure));
  }

  private Future<Void> insertMissing(String collection, List<BsonDocument> run) {
    List<String> ids = run.stream().map(row -> Bodies.text(row, "_id")).toList();
    return store
        .get(collection, ids)
        .compose(
            rows -> {
              Set<String> there = new HashSet<>();
              rows.forEach(row -> there.add(Bodies.text(row, "_id")));
              List<BsonDocument> missing =
                  run.stream().filter(row -> !there.contains(Bodies.text(row, "_id"))).toList();
              return missing.isEmpty()
                  ? Future.succeededFuture()
                  : store.insert(collection, missing);
            });
  }

  /** The organisation's own row, last: all other rows are true up to its number. */
  private Future<Void> organisation(
      OrganisationId id, @Nullable BsonDocument row, List<Entry> entries) {
    String name = row == null ? "" : Bodies.text(row, "name");
    int days = row == null ? 0 : Rows.days(row);
    Map<String, Department> departments =
        row == null ? new LinkedHashMap<>() : Rows.departments(row);
    for (Entry entry : entries) {
      Change change = Change.read(id, entry.kind(), entry.version(), entry.body());
      if (change instanceof Change.Created created) {
        name = created.name();
      } else if (change instanceof Change.Renamed renamed) {
        name = renamed.name();
      } else if (change instanceof Change.RetentionChanged changed) {
        days = changed.days();
      } else if (change instanceof Change.DepartmentChanged changed) {
        departments = OrganisationState.with(departments, changed);
      }
    }
    Entry last = entries.get(entries.size() - 1);
    BsonDocument fields =
        new BsonDocument("seq", new BsonInt64(last.seq()))
            .append("n", new BsonInt64(last.n()))
            .append("m", new BsonInt64(last.m()))
            .append("name", new BsonString(name))
            .append("keep", new BsonInt32(days))
            .append("deps", Rows.departments(departments.values()));
    if (row == null) {
      BsonDocument fresh = new BsonDocument("_id", new BsonString(id.value()));
      fresh.putAll(fields);
      return store.insert(Rows.ORGANISATIONS, List.of(fresh));
    }
    Update update = Update.of(id.value()).expect("seq", row.getNumber("seq"));
    for (Map.Entry<String, BsonValue> field : fields.entrySet()) {
      update = update.set(field.getKey(), field.getValue());
    }
    return store.update(Rows.ORGANISATIONS, update).compose(Projection::orAgain);
  }

  private static Future<Void> orAgain(boolean matched) {
    return matched
        ? Future.succeededFuture()
        : Future.failedFuture(
            new IllegalStateException("another node writes the same rows; once more"));
  }
}
