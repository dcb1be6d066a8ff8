package chat.plenary.messaging.account;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.id.SessionId;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.Sweep;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Sessions: families of refresh tokens. Each token is used once and replaced by its successor; a
 * token that is used against the rule has been copied by somebody, and ends the session for both.
 *
 * <p>A predecessor that is shown again within 60 s, while none of its successors was used, gets one
 * more successor (the answer was lost, or two tabs asked at once); any of the successors may then
 * be used, but only one.
 */
final class Sessions {
  static final String COLLECTION = "sessions";

  private static final String PREFIX = "r1";
  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final int SUCCESSORS = 8;
  private static final int RACES = 5;
  private static final int MAX_LENGTH = 200;

  /**
   * A new token of a session.
   *
   * @param born the number of the organisation's log at which the session began
   */
  record Renewed(
      OrganisationId organisation, AccountId account, SessionId session, long born, Secret token) {}

  /**
   * A token as it was shown.
   *
   * @param family the half that all tokens of a session share: who has it holds, or held, one of
   *     them. The id of a session is no secret, and must not suffice to end it
   */
  private record Shown(SessionId session, Secret family, Secret token) {}

  private final Store store;
  private final OrganisationLog log;
  private final Duration idle;
  private final Clock clock;

  Sessions(Store store, OrganisationLog log, Duration idle, Clock clock) {
    this.store = store;
    this.log = log;
    this.idle = idle;
    this.clock = clock;
  }

  static Index index() {
    return Index.of(COLLECTION, "x");
  }

  /** Begins a session. */
  Future<Renewed> begin(OrganisationId organisation, AccountId account, long born) {
    SessionId session = SessionId.random();
    Secret family = Secret.random("");
    Secret token = token(session, family);
    long now = clock.millis();
    BsonDocument row =
        new BsonDocument("_id", new BsonString(session.value()))
            .append("o", new BsonString(organisation.value()))
            .append("a", new BsonString(account.value()))
            .append("born", new BsonInt64(born))
            .append("f", new BsonString(family.hash()))
            .append("v", new BsonInt64(0))
            .append("cur", new BsonArray(List.of(new BsonString(token.hash()))))
            .append("prev", new BsonString(""))
            .append("prevAt", new BsonInt64(now))
            .append("x", new BsonInt64(now + idle.toMillis()));
    return store
        .insert(COLLECTION, List.of(row))
        .compose(stored -> Sweep.of(store, Query.in(COLLECTION, "x"), now))
        .map(new Renewed(organisation, account, session, born, token));
  }

  /**
   * Takes a refresh token for its successor.
   *
   * @return fails as unauthenticated where the token is not good; then the session may have ended
   */
  Future<Renewed> renew(String token) {
    return shown(token).compose(shown -> renew(shown, RACES));
  }

  /** Ends the session of a refresh token, whichever of the family it is. */
  Future<Void> end(String token, Revoked.Reason reason) {
    return shown(token).compose(this::find).compose(row -> end(row, reason));
  }

  /** Ends a session that its own access token names. */
  Future<Void> end(
      OrganisationId organisation, AccountId account, SessionId session, Revoked.Reason reason) {
    return store
        .get(COLLECTION, List.of(session.value()))
        .compose(
            rows ->
                rows.isEmpty()
                    ? announce(new Revoked(organisation, account, session, reason))
                    : end(rows.get(0), reason));
  }

  private Future<Renewed> renew(Shown shown, int races) {
    if (races == 0) {
      return Future.failedFuture(tooOften(1));
    }
    return find(shown).compose(row -> renew(shown, row, races));
  }

  private Future<Renewed> renew(Shown shown, BsonDocument row, int races) {
    long now = clock.millis();
    if (number(row, "x") == 0) {
      // It is being ended; what was cut short is done now.
      return refuse(row, Revoked.Reason.SIGNED_OUT);
    }
    if (number(row, "x") <= now) {
      return Future.failedFuture(Tokens.refused());
    }
    String hash = shown.token().hash();
    Secret next = token(shown.session(), shown.family());
    Update update =
        Update.of(shown.session().value())
            .expect("v", row.getNumber("v"))
            .inc("v", 1)
            .set("x", now + idle.toMillis());
    BsonArray current = row.getArray("cur");
    if (isCurrent(row, hash)) {
      update =
          update
              .set("cur", new BsonArray(List.of(new BsonString(next.hash()))))
              .set("prev", hash)
              .set("prevAt", now);
    } else if (!same(text(row, "prev"), hash) || now - number(row, "prevAt") > GRACE.toMillis()) {
      return refuse(row, Revoked.Reason.REUSED);
    } else if (current.size() >= SUCCESSORS) {
      return Future.failedFuture(tooOften((int) GRACE.toSeconds()));
    } else {
      List<BsonValue> more = new ArrayList<>(current.getValues());
      more.add(new BsonString(next.hash()));
      update = update.set("cur", new BsonArray(more));
    }
    Renewed renewed =
        new Renewed(
            new OrganisationId(text(row, "o")),
            new AccountId(text(row, "a")),
            shown.session(),
            number(row, "born"),
            next);
    return store
        .update(COLLECTION, update)
        .compose(won -> won ? Future.succeededFuture(renewed) : renew(shown, races - 1));
  }

  private Future<Renewed> refuse(BsonDocument row, Revoked.Reason reason) {
    return end(row, reason).compose(ended -> Future.failedFuture(Tokens.refused()));
  }

  private static Fault tooOften(int seconds) {
    return Fault.tooMany("This session is refreshed too often.", seconds);
  }

  /** The row of a token's session, where the token is, or once was, one of its family. */
  private Future<BsonDocument> find(Shown shown) {
    return store
        .get(COLLECTION, List.of(shown.session().value()))
        .compose(
            rows ->
                rows.isEmpty() || !same(text(rows.get(0), "f"), shown.family().hash())
                    ? Future.failedFuture(Tokens.refused())
                    : Future.succeededFuture(rows.get(0)));
  }

  /**
   * The row is marked before the entry is appended and deleted after it, so that whatever is cut
   * short between is done by the next who shows a token of the family.
   */
  private Future<Void> end(BsonDocument row, Revoked.Reason reason) {
    String id = text(row, "_id");
    Revoked revoked =
        new Revoked(
            new OrganisationId(text(row, "o")),
            new AccountId(text(row, "a")),
            new SessionId(id),
            reason);
    Update over = Update.of(id).inc("v", 1).set("x", 0);
    return store
        .update(COLLECTION, over)
        .compose(marked -> announce(revoked))
        .compose(told -> store.delete(COLLECTION, List.of(id)))
        .mapEmpty();
  }

  private Future<Void> announce(Revoked revoked) {
    SessionId session = Objects.requireNonNull(revoked.session());
    return log.append(
            revoked.organisation(),
            revoked.account(),
            new Ref("end-" + session.value()),
            Revoked.KIND,
            revoked.body())
        .<Void>mapEmpty()
        .recover(
            failure ->
                isSettled(failure) ? Future.succeededFuture() : Future.failedFuture(failure));
  }

  /** The account is gone or disabled, or the session was ended before for another reason. */
  private static boolean isSettled(Throwable failure) {
    return failure instanceof Fault fault
        && (fault.code() == Fault.Code.NOT_FOUND || fault.code() == Fault.Code.CONFLICT);
  }

  private static Future<Shown> shown(String token) {
    String[] parts = token.split("\\.", -1);
    if (token.length() > MAX_LENGTH
        || parts.length != 4
        || !parts[0].equals(PREFIX)
        || !SessionId.isValid(parts[1])) {
      return Future.failedFuture(Tokens.refused());
    }
    return Future.succeededFuture(
        new Shown(new SessionId(parts[1]), new Secret(parts[2]), new Secret(token)));
  }

  private static Secret token(SessionId session, Secret family) {
    return Secret.random(PREFIX + "." + session.value() + "." + family.text() + ".");
  }

  private static boolean isCurrent(BsonDocument row, String hash) {
    boolean current = false;
    for (BsonValue value : row.getArray("cur")) {
      current |= same(value.asString().getValue(), hash);
    }
    return current;
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(BsonDocument row, String name) {
    return row.getString(name).getValue();
  }

  private static long number(BsonDocument row, String name) {
    return row.getNumber(name).longValue();
  }
}
