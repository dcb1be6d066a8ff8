package chat.plenary.messaging.account;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.id.SessionId;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Signing in and out, sessions, tickets and bots' tokens. */
public final class Accounts implements AutoCloseable {
  /** Tickets that are made at once, at the most. */
  public static final int MAX_TICKETS = 1_000;

  // An organisation that nobody has: it is looked at where the named one does not exist.
  private static final OrganisationId NOBODYS = OrganisationId.of("nobody's");

  private final OrganisationLog log;
  private final Passwords passwords;
  private final Credentials credentials;
  private final Attempts attempts;
  private final Sessions sessions;
  private final Tickets tickets;
  private final BotTokens bots;
  private final Tokens tokens;
  private final Callers callers;
  private final Duration sessionIdle;
  private final Revocations revocations = new Revocations();

  private Accounts(
      Store store, OrganisationLog log, Keys keys, Limits limits, String issuer, Clock clock) {
    this.log = log;
    this.sessionIdle = limits.sessionIdle();
    this.passwords = new Passwords(limits.passwordWorkers(), limits.passwordQueue());
    this.credentials = new Credentials(store, passwords);
    this.attempts = new Attempts(store, limits, clock);
    this.sessions = new Sessions(store, log, limits.sessionIdle(), clock);
    this.tickets = new Tickets(store, limits.ticketLife(), clock);
    this.bots = new BotTokens(store, clock);
    this.tokens = new Tokens(keys, issuer, limits.accessTokenLife(), clock);
    this.callers = new Callers(tokens, bots, log);
  }

  /**
   * Opens the accounts: creates indexes, reads the signing keys and makes the first one where there
   * is none.
   *
   * @param issuer the claim {@code iss} of access tokens; the same on all nodes
   */
  public static Future<Accounts> open(
      Store store, Log log, Limits limits, String issuer, Clock clock) {
    return Future.all(
            store.index(Sessions.index()),
            store.index(Tickets.index()),
            store.index(Attempts.index()))
        .compose(indexed -> Keys.open(store, clock))
        .map(keys -> new Accounts(store, new OrganisationLog(log), keys, limits, issuer, clock));
  }

  /** Tells who holds a token. */
  public Callers callers() {
    return callers;
  }

  /** Tells who is to be silenced. */
  public Revocations revocations() {
    return revocations;
  }

  /** After what time without refreshing a session ends. */
  public Duration sessionIdle() {
    return sessionIdle;
  }

  /** The public keys of access tokens as a JWK Set. */
  public JsonObject publishedKeys() {
    return tokens.published();
  }

  /**
   * Reads a password from outside.
   *
   * @return the password, or null where none is given
   * @throws Fault naming the member
   */
  public static @Nullable String password(Input input, String member) {
    return input.optionalText(member, Passwords.MIN, Passwords.MAX);
  }

  /**
   * Signs in by a password. Whatever is wrong is told alike and costs the same time.
   *
   * @param organisation null where the named organisation does not exist
   * @param address where the attempt comes from
   * @return fails as unauthenticated, or as too many
   */
  public Future<SignedIn> signIn(
      @Nullable OrganisationId organisation, String userid, String password, String address) {
    return attempts
        .check(address)
        .compose(
            allowed ->
                passwords.isBusy()
                    ? Future.failedFuture(Passwords.busy())
                    : log.roster(organisation == null ? NOBODYS : organisation))
        .compose(members -> signIn(organisation, members, userid, password, address));
  }

  /**
   * Guards what somebody may do who shows a secret that is no account's: an address that failed too
   * often is told so, and a failure as unauthenticated is counted, together with those to sign in.
   *
   * @param address where the attempt comes from
   */
  public <T> Future<T> guarded(String address, Supplier<Future<T>> attempt) {
    return attempts
        .check(address)
        .compose(allowed -> attempt.get())
        .onFailure(failure -> countIfRefused(failure, address));
  }

  /** Signs in by a one-use ticket; fails as unauthenticated, or as too many. */
  public Future<SignedIn> redeem(String ticket, String address) {
    return attempts
        .check(address)
        .compose(allowed -> tickets.use(ticket))
        .onFailure(failure -> countIfRefused(failure, address))
        .compose(
            bearer ->
                log.roster(bearer.organisation())
                    .compose(
                        members -> {
                          Account account = members.account(bearer.account());
                          return account == null
                                  || account.disabled()
                                  || account.signedOut() > bearer.born()
                              ? Future.failedFuture(Tickets.refused())
                              : begin(bearer.organisation(), members, account);
                        }));
  }

  /** Takes a refresh token for its successor and an access token; fails as unauthenticated. */
  public Future<SignedIn> refresh(String refreshToken) {
    return sessions
        .renew(refreshToken)
        .compose(
            renewed ->
                log.roster(renewed.organisation()).compose(members -> signedIn(renewed, members)));
  }

  /** Ends the session of a refresh token. */
  public Future<Void> signOut(String refreshToken) {
    return sessions.end(refreshToken, Revoked.Reason.SIGNED_OUT);
  }

  /** Ends the caller's session; nothing where the caller is a bot. */
  public Future<Void> signOut(Caller caller) {
    SessionId session = caller.session();
    return session == null
        ? Future.succeededFuture()
        : sessions.end(caller.organisation(), caller.account(), session, Revoked.Reason.SIGNED_OUT);
  }

  /**
   * Ends all sessions of an account, for the account itself or an administrator. A bot's token ends
   * with them; {@link #newBotToken} makes another.
   *
   * @return the number of the entry in the organisation's log; fails as not found, or as forbidden
   */
  public Future<Long> signOutAll(Caller caller, AccountId account, Revoked.Reason reason) {
    Revoked all = new Revoked(caller.organisation(), account, null, reason);
    return log.append(
        caller.organisation(), caller.account(), fresh("end"), Revoked.KIND, all.body());
  }

  /**
   * Makes one-use sign-in tickets, for owners.
   *
   * @param count 1 to {@value #MAX_TICKETS}
   */
  public Future<List<Secret>> tickets(Caller caller, AccountId account, int count) {
    if (caller.role() != Role.OWNER) {
      return Future.failedFuture(
          Fault.of(Fault.Code.FORBIDDEN, "Only owners make sign-in tickets."));
    }
    return log.roster(caller.organisation())
        .compose(
            members -> {
              Account target = members.account(account);
              if (target == null) {
                return Future.failedFuture(Fault.notFound("account"));
              }
              if (target.bot()) {
                return Future.failedFuture(
                    Fault.of(Fault.Code.CONFLICT, "A bot has a token, not tickets."));
              }
              return tickets.make(caller.organisation(), account, members.seq(), count);
            });
  }

  /**
   * Gives an account a password where nobody else can do so yet: to an account that is about to be
   * created.
   *
   * @param password 8 to 256 characters
   */
  public Future<Void> firstPassword(AccountId account, String password) {
    return credentials.set(account, password);
  }

  /**
   * Changes the password of an account, which ends all its sessions. The entry before it judges
   * whether the caller may; the one after it ends what was begun with the old password meanwhile.
   *
   * @param password 8 to 256 characters
   */
  public Future<Void> changePassword(Caller caller, AccountId account, String password) {
    return signOutAll(caller, account, Revoked.Reason.PASSWORD_CHANGED)
        .compose(judged -> credentials.set(account, password))
        .compose(set -> signOutAll(caller, account, Revoked.Reason.PASSWORD_CHANGED))
        .mapEmpty();
  }

  /** Makes the token of a bot that is about to be created. */
  public Future<Secret> firstBotToken(OrganisationId organisation, AccountId bot) {
    return bots.make(organisation, bot, 0);
  }

  /** Makes a new token for a bot and ends the ones before; for administrators. */
  public Future<Secret> newBotToken(Caller caller, AccountId bot) {
    return log.roster(caller.organisation())
        .compose(
            members -> {
              Account account = members.account(bot);
              return account == null || !account.bot()
                  ? Future.failedFuture(Fault.notFound("bot"))
                  : signOutAll(caller, bot, Revoked.Reason.TOKEN_REPLACED)
                      .compose(seq -> bots.make(caller.organisation(), bot, seq));
            });
  }

  /** Stops the threads that hash passwords; what they have not done fails. */
  @Override
  public void close() {
    passwords.close();
  }

  private Future<SignedIn> signIn(
      @Nullable OrganisationId organisation,
      Roster members,
      String userid,
      String password,
      String address) {
    Account found = members.byUserid(userid);
    Account account = found == null || found.bot() || found.disabled() ? null : found;
    String row = Attempts.row(organisation, userid, found);
    return attempts
        .take(row)
        .compose(taken -> credentials.matches(account, password))
        .compose(
            right -> {
              if (!right || account == null || organisation == null) {
                attempts.failed(address);
                return Future.failedFuture(wrong());
              }
              return attempts.succeeded(row).compose(done -> begin(organisation, members, account));
            });
  }

  private Future<SignedIn> begin(OrganisationId organisation, Roster members, Account account) {
    return sessions
        .begin(organisation, account.id(), members.seq())
        .compose(begun -> signedIn(begun, members));
  }

  private Future<SignedIn> signedIn(Sessions.Renewed session, Roster members) {
    Account account = members.account(session.account());
    if (account == null
        || account.disabled()
        || account.signedOut() > session.born()
        || members.hasEnded(session.session())) {
      return Future.failedFuture(Tokens.refused());
    }
    String access =
        tokens.issue(session.organisation(), session.account(), session.session(), session.born());
    return Future.succeededFuture(
        new SignedIn(
            new Secret(access),
            tokens.lifeSeconds(),
            session.token(),
            session.session(),
            account,
            session.organisation(),
            members.name()));
  }

  private void countIfRefused(Throwable failure, String address) {
    if (failure instanceof Fault fault && fault.code() == Fault.Code.UNAUTHENTICATED) {
      attempts.failed(address);
    }
  }

  private static Ref fresh(String prefix) {
    return new Ref(prefix + "-" + UUID.randomUUID());
  }

  private static Fault wrong() {
    return Fault.of(
        Fault.Code.UNAUTHENTICATED, "The organisation, the userid or the password is wrong.");
  }
}
