package chat.plenary.messaging.organisation;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Accounts;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.OrganisationLog;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.account.Secret;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Organisations and their members. Everything but creating is asked by a {@link Caller} about its
 * own organisation; ids of others answer as if they did not exist.
 */
public final class Organisations {
  /** Accounts that are looked up at once, at the most. */
  public static final int MAX_LOOKED_UP = 100;

  /** Members that are added at once, at the most. */
  public static final int MAX_ADDED = Change.MOST;

  /** Days for which what is said can be kept, at the most. */
  public static final int MAX_RETENTION_DAYS = Change.RetentionChanged.MOST_DAYS;

  /** Accounts of one organisation, at the most. */
  public static final int MAX_ACCOUNTS = Judgement.MOST_ACCOUNTS;

  /** Members that one request looks through; a page may be short and still have a next one. */
  private static final int SCANNED = 10_000;

  private static final int NAMES = 10;

  /**
   * A page of members.
   *
   * @param next where the next page begins, or null after the last
   */
  public record Page(List<Account> members, @Nullable String next) {}

  /** A bot and its token, which is not shown again. */
  public record NewBot(AccountId id, Secret token) {}

  private final OrganisationLog log;
  private final Accounts accounts;
  private final Rows rows;
  private final Names names;
  private final Joining joining;
  private final SetUp setUp;

  private Organisations(Store store, Log log, Accounts accounts, Clock clock) {
    this.log = new OrganisationLog(log);
    this.accounts = accounts;
    this.rows = new Rows(store, clock);
    this.names = new Names(store);
    this.joining = new Joining(this.log, accounts);
    this.setUp = new SetUp(store, this);
  }

  /**
   * Opens the organisations: their rows, and who is silenced, follow the log from now on. To be
   * called before the log starts.
   */
  public static Organisations open(Store store, Log log, Accounts accounts, Clock clock) {
    log.listen(new Projection(store));
    log.listen(new Silencing(accounts.revocations()));
    return new Organisations(store, log, accounts, clock);
  }

  /** How the first organisation comes about. */
  public SetUp setUp() {
    return setUp;
  }

  /**
   * Finds an organisation to sign in to.
   *
   * @param nameOrId its id or its name, without regard to case; null for the only one
   * @return null where there is no such organisation, or none is named and there are several
   */
  public Future<@Nullable OrganisationId> find(@Nullable String nameOrId) {
    if (nameOrId == null) {
      return existing().map(found -> found.size() == 1 ? found.get(0).id() : null);
    }
    return OrganisationId.isValid(nameOrId)
        ? Future.succeededFuture(new OrganisationId(nameOrId))
        : names.find(nameOrId);
  }

  /** The only organisation of the server, or null where there is none or several. */
  public Future<@Nullable OrganisationState> only() {
    return existing().map(found -> found.size() == 1 ? found.get(0) : null);
  }

  /** Whether the server has an organisation. */
  public Future<Boolean> any() {
    return existing().map(found -> !found.isEmpty());
  }

  /**
   * Creates an organisation and its first owner. To be repeated with the same names where the
   * answer is unknown.
   *
   * @param name 1 to 64 characters; unique on the server without regard to case
   * @param password 8 to 256 characters
   * @return fails as conflict where the name is taken
   */
  public Future<OrganisationId> create(
      String name, String userid, String ownerName, String password) {
    return names
        .take(name, OrganisationId.random())
        .compose(
            id ->
                state(id)
                    .compose(
                        state ->
                            state.seq() > 0
                                ? Future.failedFuture(Names.taken())
                                : create(id, name, userid, ownerName, password)));
  }

  /** The organisation of a caller, at this node's tail. */
  public Future<OrganisationState> of(Caller caller) {
    return state(caller.organisation());
  }

  /**
   * A page of members by userid.
   *
   * @param after where to begin, as a page before said; null for the beginning
   * @param limit 1 to 100
   * @param query part of a name or of a userid, without regard to case; null for all
   */
  public Future<Page> members(
      Caller caller, @Nullable String after, int limit, @Nullable String query) {
    return of(caller).map(state -> page(state.byUserid(), after, limit, query));
  }

  /**
   * Accounts of the caller's organisation by id, in the order of the ids; those that were removed
   * are told as disabled, those of other organisations are passed over.
   *
   * @param ids at most {@value #MAX_LOOKED_UP}
   */
  public Future<List<Account>> accounts(Caller caller, Collection<AccountId> ids) {
    return of(caller)
        .compose(
            state -> {
              Map<AccountId, Account> found = new HashMap<>();
              List<AccountId> missing = new ArrayList<>();
              for (AccountId id : ids) {
                Account account = state.account(id);
                if (account == null) {
                  missing.add(id);
                } else {
                  found.put(id, account);
                }
              }
              return (missing.isEmpty()
                      ? Future.succeededFuture(List.<Account>of())
                      : rows.accounts(caller.organisation(), missing))
                  .map(
                      gone -> {
                        gone.forEach(account -> found.put(account.id(), account));
                        return ids.stream().distinct().filter(found::containsKey).toList().stream()
                            .map(found::get)
                            .toList();
                      });
            });
  }

  /**
   * Adds members, each for itself: what is wrong with one is told of that one.
   *
   * @param members 1 to {@value #MAX_ADDED}
   * @return what became of each, in the same order; fails as forbidden for those who do not
   *     administer
   */
  public Future<List<Joining.Joined>> add(Caller caller, List<Joining.Candidate> members) {
    return joining.add(caller, members);
  }

  /** Adds a bot and makes its token. */
  public Future<NewBot> addBot(Caller caller, String userid, String name) {
    AccountId id = AccountId.random();
    return accounts
        .firstBotToken(caller.organisation(), id)
        .compose(token -> addBot(caller, id, userid, name).map(added -> new NewBot(id, token)));
  }

  /**
   * Adds a bot that has no token: whoever speaks for it is known otherwise.
   *
   * @param by an administrator, or the organisation's own account
   * @param id the account, which the caller has chosen, so that this can be repeated: it is a
   *     conflict then
   */
  public Future<Void> addBot(Caller by, AccountId id, String userid, String name) {
    Change.NewMember bot = new Change.NewMember(id, userid, name, Role.MEMBER, true, List.of());
    return append(by, Change.Added.KIND, new Change.Added(List.of(bot)))
        .recover(refused -> Future.failedFuture(ofOne(refused)))
        .mapEmpty();
  }

  /**
   * Changes a member; what is null stays as it is. The last owner that can act stays one.
   *
   * @return fails as not found, forbidden or conflict
   */
  public Future<Account> change(
      Caller caller,
      AccountId account,
      @Nullable String name,
      @Nullable Role role,
      @Nullable Boolean disabled,
      @Nullable List<String> departments) {
    Change change = new Change.MemberChanged(account, name, role, disabled, departments);
    return append(caller, Change.MemberChanged.KIND, change)
        .compose(changed -> accounts(caller, List.of(account)))
        .map(found -> found.get(0));
  }

  /** Removes a member: it signs in no more and its sessions end. */
  public Future<Void> remove(Caller caller, AccountId account) {
    return append(caller, Change.Removed.KIND, new Change.Removed(account)).mapEmpty();
  }

  /** Makes a department, or changes it. */
  public Future<Void> put(Caller caller, Department department) {
    return append(
            caller, Change.DepartmentChanged.KIND, new Change.DepartmentChanged(department, false))
        .mapEmpty();
  }

  /** Removes a department that has neither members nor departments. */
  public Future<Void> removeDepartment(Caller caller, String department) {
    return of(caller)
        .compose(
            state -> {
              Department known = state.department(department);
              return known == null
                  ? Future.failedFuture(Fault.notFound("department"))
                  : append(
                          caller,
                          Change.DepartmentChanged.KIND,
                          new Change.DepartmentChanged(known, true))
                      .mapEmpty();
            });
  }

  /**
   * Says for how long what is said in the organisation is kept.
   *
   * @param days 1 to {@value #MAX_RETENTION_DAYS}; 0 keeps it for ever
   */
  public Future<Void> keep(Caller caller, int days) {
    return append(caller, Change.RetentionChanged.KIND, new Change.RetentionChanged(days))
        .mapEmpty();
  }

  /** The organisations that keep what is said for a time only, and for how many days. */
  public Future<Map<OrganisationId, Integer>> keeping() {
    return rows.keeping();
  }

  /** Gives the organisation another name. */
  public Future<Void> rename(Caller caller, String name) {
    return of(caller)
        .compose(
            before ->
                names
                    .take(name, caller.organisation())
                    .compose(
                        holder ->
                            holder.equals(caller.organisation())
                                ? rename(caller, before.name(), name)
                                : Future.failedFuture(Names.taken())));
  }

  private Future<Void> rename(Caller caller, String before, String name) {
    boolean same = Names.folded(before).equals(Names.folded(name));
    return append(caller, Change.Renamed.KIND, new Change.Renamed(name))
        .compose(
            renamed -> same ? Future.<Void>succeededFuture() : names.release(before),
            refused ->
                // An unknown outcome keeps both names: it may still be renamed.
                same || isUnknown(refused)
                    ? Future.failedFuture(refused)
                    : names.release(name).transform(released -> Future.failedFuture(refused)));
  }

  private Future<OrganisationId> create(
      OrganisationId id, String name, String userid, String ownerName, String password) {
    // The owner's id comes of the names, so that creating can be repeated.
    AccountId owner = AccountId.of(id.value(), "owner", Account.folded(userid));
    Change created =
        new Change.Created(
            name, new Change.NewMember(owner, userid, ownerName, Role.OWNER, false, List.of()));
    return accounts
        .firstPassword(owner, password)
        .compose(
            set -> log.append(id, owner, new Ref("created"), Change.Created.KIND, created.body()))
        .map(id);
  }

  private Future<Long> append(Caller caller, String kind, Change change) {
    return log.append(
        caller.organisation(),
        caller.account(),
        new Ref(UUID.randomUUID().toString()),
        kind,
        change.body());
  }

  private Future<OrganisationState> state(OrganisationId id) {
    return log.roster(id).map(roster -> (OrganisationState) roster);
  }

  private Future<List<OrganisationState>> existing() {
    return names
        .some(NAMES)
        .compose(ids -> Future.all(ids.stream().map(this::state).toList()))
        .map(
            all ->
                all.<OrganisationState>list().stream().filter(OrganisationState::exists).toList());
  }

  private static Page page(
      List<Account> sorted, @Nullable String after, int limit, @Nullable String query) {
    int at = after == null ? 0 : beyond(sorted, Account.folded(after));
    int end = Math.min(sorted.size(), at + SCANNED);
    String wanted = query == null ? "" : query.toLowerCase(Locale.ROOT);
    List<Account> found = new ArrayList<>();
    while (at < end && found.size() < limit) {
      Account account = sorted.get(at++);
      if (account.name().toLowerCase(Locale.ROOT).contains(wanted)
          || Account.folded(account.userid()).contains(wanted)) {
        found.add(account);
      }
    }
    return new Page(found, at < sorted.size() ? Account.folded(sorted.get(at - 1).userid()) : null);
  }

  /** Where the first userid stands that is greater. */
  private static int beyond(List<Account> sorted, String userid) {
    int from = 0;
    int to = sorted.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (Account.folded(sorted.get(middle).userid()).compareTo(userid) <= 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** A fault about the first of a list, told about the one thing itself. */
  private static Throwable ofOne(Throwable failure) {
    if (failure instanceof Fault fault && fault.field() != null) {
      return Fault.of(
          fault.code(),
          fault.field().replace("members[0].", ""),
          String.valueOf(fault.getMessage()));
    }
    return failure;
  }

  private static boolean isUnknown(Throwable failure) {
    return !(failure instanceof Fault fault) || fault.code() == Fault.Code.UNKNOWN;
  }

  /** The account that an entry of an organisation's log removed, or null. */
  public static @Nullable AccountId removed(Entry entry) {
    OrganisationId id = new OrganisationId(entry.conversation().value());
    return Change.read(id, entry.kind(), entry.version(), entry.body())
            instanceof Change.Removed removed
        ? removed.account()
        : null;
  }
}
