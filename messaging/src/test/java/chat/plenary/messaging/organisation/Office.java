package chat.plenary.messaging.organisation;

import chat.plenary.messaging.TestClock;
import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Accounts;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Limits;
import chat.plenary.messaging.account.Revoked;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.account.SignedIn;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.store.sim.DrivenStore;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An organisation of tests: Assembly with its owner Alice, on a store in memory. */
public final class Office implements AutoCloseable {
  public static final String PASSWORD = "correct horse battery staple";
  public static final String ADDRESS = "192.0.2.1";

  public final TestClock clock = new TestClock();
  public final DrivenStore store = new DrivenStore();
  public final PlainLog log = new PlainLog(new OrganisationMachine(store, clock), clock);
  public final Accounts accounts;
  public final Organisations organisations;
  public final OrganisationId id;
  public final Caller alice;
  public final List<Revoked> silenced = Collections.synchronizedList(new ArrayList<>());

  public Office() {
    this(Limits.DEFAULTS);
  }

  public Office(Limits limits) {
    accounts = get(Accounts.open(store, log, limits, "plenary-test", clock));
    organisations = Organisations.open(store, log, accounts, clock);
    accounts.revocations().listen(silenced::add);
    id = get(organisations.create("Assembly", "alice", "Alice Adams", PASSWORD));
    alice = caller("alice");
  }

  /** The result of a future; its failure is thrown as it is. */
  public static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("no answer", e);
    }
  }

  /** The fault of a future that must fail. */
  public static Fault fault(Future<?> future) {
    try {
      Object result = get(future);
      throw new AssertionError("expected a fault, got " + result);
    } catch (Fault fault) {
      return fault;
    }
  }

  public OrganisationState state() {
    return get(organisations.of(callerOf(AccountId.random(), Role.MEMBER)));
  }

  public Account account(String userid) {
    Account account = state().byUserid(userid);
    if (account == null) {
      throw new AssertionError("no account " + userid);
    }
    return account;
  }

  /** A caller without a session, as the server itself makes one. */
  public Caller caller(String userid) {
    Account account = account(userid);
    return callerOf(account.id(), account.role());
  }

  private Caller callerOf(AccountId account, Role role) {
    return new Caller(account, id, null, role, false);
  }

  /** Adds members without passwords. */
  public List<Joining.Joined> add(Caller by, Role role, String... userids) {
    List<Joining.Candidate> candidates = new ArrayList<>();
    for (String userid : userids) {
      candidates.add(new Joining.Candidate(userid, "Name of " + userid, null, role, List.of()));
    }
    return get(organisations.add(by, candidates));
  }

  /** Adds a member who signs in by the password of all. */
  public AccountId join(String userid, Role role) {
    return get(organisations.add(
            alice, List.of(new Joining.Candidate(userid, userid, PASSWORD, role, List.of()))))
        .get(0)
        .id();
  }

  public SignedIn signIn(String userid) {
    return get(accounts.signIn(id, userid, PASSWORD, ADDRESS));
  }

  public Future<Caller> callerOf(SignedIn signedIn) {
    return accounts.callers().caller(signedIn.accessToken().text());
  }

  @Override
  public void close() {
    accounts.close();
    store.close();
  }
}
