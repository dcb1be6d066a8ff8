package chat.plenary.messaging.organisation;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.SessionId;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The rows of organisations: how they are laid out and read. {@link Projection} writes them.
 *
 * <p>An organisation's row says up to which number all its rows are true. The rows of accounts may
 * be ahead of it, each by its own number; folding the entries again passes such accounts over, so a
 * state that was read while rows were written becomes right with the entries that follow.
 */
final class Rows {
  static final String ORGANISATIONS = "organisations";
  static final String ACCOUNTS = "accounts";
  static final String ENDINGS = "endings";

  private final Store store;
  private final Clock clock;

  Rows(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The state as of the rows; one with seq 0 where there is no row. */
  Future<OrganisationState> load(OrganisationId id) {
    return store
        .get(ORGANISATIONS, List.of(id.value()))
        .compose(
            rows ->
                rows.isEmpty()
                    ? Future.succeededFuture(OrganisationState.none(id))
                    : load(id, rows.get(0)));
  }

  /** Organisations that keep what is said for a time only, and for how many days. */
  Future<Map<OrganisationId, Integer>> keeping() {
    return keeping(new LinkedHashMap<>(), "");
  }

  private Future<Map<OrganisationId, Integer>> keeping(
      Map<OrganisationId, Integer> found, String after) {
    return store
        .find(Query.in(ORGANISATIONS, "_id").after(new BsonString(after)).limit(Store.MAX_FOUND))
        .compose(
            rows -> {
              for (BsonDocument row : rows) {
                if (days(row) > 0) {
                  found.put(new OrganisationId(Bodies.text(row, "_id")), days(row));
                }
              }
              return rows.size() < Store.MAX_FOUND
                  ? Future.succeededFuture(found)
                  : keeping(found, Bodies.text(rows.get(rows.size() - 1), "_id"));
            });
  }

  /** Accounts by id, removed ones too, in the order of the ids; those of others are passed over. */
  Future<List<Account>> accounts(OrganisationId organisation, Collection<AccountId> ids) {
    return store
        .get(ACCOUNTS, ids.stream().map(id -> key(organisation, id)).toList())
        .map(rows -> rows.stream().map(Rows::account).toList());
  }

  private Future<OrganisationState> load(OrganisationId id, BsonDocument row) {
    return members(id, Members.NONE, prefix(id))
        .compose(
            members ->
                ended(id)
                    .map(
                        ended ->
                            new OrganisationState(
                                id,
                                number(row, "seq"),
                                number(row, "n"),
                                number(row, "m"),
                                Bodies.text(row, "name"),
                                days(row),
                                departments(row),
                                members,
                                ended)));
  }

  private Future<Members> members(OrganisationId id, Members found, String after) {
    Query page =
        Query.in(ACCOUNTS, "_id")
            .after(new BsonString(after))
            .before(new BsonString(end(id)))
            .limit(Store.MAX_FOUND);
    return store
        .find(page)
        .compose(
            rows -> {
              List<Account> alive = new ArrayList<>();
              for (BsonDocument row : rows) {
                if (!isGone(row)) {
                  alive.add(account(row));
                }
              }
              Members more = found.with(alive);
              return rows.size() < Store.MAX_FOUND
                  ? Future.succeededFuture(more)
                  : members(id, more, Bodies.text(rows.get(rows.size() - 1), "_id"));
            });
  }

  /** The sessions that ended of late. */
  private Future<Ended> ended(OrganisationId id) {
    Instant since = clock.instant().minus(Ended.REMEMBERED);
    return ended(id, since, end(id), new ArrayList<>())
        .map(
            newestFirst -> {
              Ended ended = Ended.NONE;
              for (int i = newestFirst.size() - 1; i >= 0; i--) {
                BsonDocument row = newestFirst.get(i);
                ended = ended.with(new SessionId(Bodies.text(row, "s")), at(row));
              }
              return ended;
            });
  }

  private Future<List<BsonDocument>> ended(
      OrganisationId id, Instant since, String before, List<BsonDocument> found) {
    Query page =
        Query.in(ENDINGS, "_id")
            .after(new BsonString(prefix(id)))
            .before(new BsonString(before))
            .reversed()
            .limit(Store.MAX_FOUND);
    return store
        .find(page)
        .compose(
            rows -> {
              for (BsonDocument row : rows) {
                if (at(row).isBefore(since)) {
                  return Future.succeededFuture(found);
                }
                found.add(row);
              }
              return rows.size() < Store.MAX_FOUND
                  ? Future.succeededFuture(found)
                  : ended(id, since, Bodies.text(rows.get(rows.size() - 1), "_id"), found);
            });
  }

  static String key(OrganisationId organisation, AccountId account) {
    return prefix(organisation) + account.value();
  }

  static String endingKey(OrganisationId organisation, long seq) {
    return prefix(organisation) + String.format("%016x", seq);
  }

  static String prefix(OrganisationId organisation) {
    return organisation.value() + "/";
  }

  /** The first text after all that begin with the prefix. */
  static String end(OrganisationId organisation) {
    return organisation.value() + "0";
  }

  static BsonDocument row(OrganisationId organisation, Account account) {
    BsonDocument row = new BsonDocument("_id", new BsonString(key(organisation, account.id())));
    row.putAll(fields(account));
    return row;
  }

  /** What of an account's row changes. */
  static BsonDocument fields(Account account) {
    return new BsonDocument("u", new BsonString(account.userid()))
        .append("name", new BsonString(account.name()))
        .append("role", new BsonString(account.role().text()))
        .append("bot", BsonBoolean.valueOf(account.bot()))
        .append("off", BsonBoolean.valueOf(account.disabled()))
        .append("deps", Bodies.of(account.departments()))
        .append("out", new BsonInt64(account.signedOut()))
        .append("seq", new BsonInt64(account.seq()));
  }

  /** An account by its row; one that was removed is told as disabled. */
  static Account account(BsonDocument row) {
    String key = Bodies.text(row, "_id");
    return new Account(
        new AccountId(key.substring(key.indexOf('/') + 1)),
        Bodies.text(row, "u"),
        Bodies.text(row, "name"),
        Role.parse(Bodies.text(row, "role")),
        row.getBoolean("bot").getValue(),
        row.getBoolean("off").getValue() || isGone(row),
        Bodies.texts(row, "deps"),
        number(row, "out"),
        number(row, "seq"));
  }

  static boolean isGone(BsonDocument row) {
    return row.getBoolean("gone", BsonBoolean.FALSE).getValue();
  }

  static BsonArray departments(Collection<Department> departments) {
    BsonArray array = new BsonArray();
    departments.forEach(department -> array.add(Bodies.of(department)));
    return array;
  }

  static Map<String, Department> departments(BsonDocument row) {
    Map<String, Department> departments = new LinkedHashMap<>();
    for (BsonValue value : row.getArray("deps")) {
      Department department = Bodies.department(value.asDocument());
      departments.put(department.id(), department);
    }
    return departments;
  }

  /** For how many days what is said is kept; rows of before that could be set have none. */
  static int days(BsonDocument row) {
    return row.containsKey("keep") ? row.getNumber("keep").intValue() : 0;
  }

  static long number(BsonDocument row, String name) {
    return row.getNumber(name).longValue();
  }

  private static Instant at(BsonDocument row) {
    BsonValue at = row.get("at");
    return Instant.ofEpochMilli(at instanceof BsonDateTime time ? time.getValue() : 0);
  }

  static @Nullable Account found(List<BsonDocument> rows) {
    return rows.isEmpty() ? null : account(rows.get(0));
  }
}
