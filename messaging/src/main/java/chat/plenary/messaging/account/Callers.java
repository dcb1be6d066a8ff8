package chat.plenary.messaging.account;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.SessionId;
import io.vertx.core.Future;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells who holds a token, as this node's tail of the organisation's log knows it. An access token
 * costs no trip to the store while the organisation is in memory; a bot's token costs one at its
 * first use.
 */
public final class Callers {
  private final Tokens tokens;
  private final BotTokens bots;
  private final OrganisationLog log;

  Callers(Tokens tokens, BotTokens bots, OrganisationLog log) {
    this.tokens = tokens;
    this.bots = bots;
    this.log = log;
  }

  /**
   * Who holds a token.
   *
   * @return fails as unauthenticated when the token is expired, forged or revoked, or its account
   *     disabled or removed; as unavailable where the store does not answer
   */
  public Future<Caller> caller(String token) {
    return grant(token).map(Grant::caller);
  }

  /** The same, with the time at which the token ends. */
  public Future<Grant> grant(String token) {
    if (token.startsWith(BotTokens.PREFIX)) {
      return bots.find(token)
          .compose(held -> grant(held.organisation(), held.account(), null, held.born(), null));
    }
    return tokens
        .verify(token)
        .compose(
            said ->
                grant(
                    said.organisation(),
                    said.account(),
                    said.session(),
                    said.born(),
                    said.expires()));
  }

  /**
   * What was granted, judged once more by the roster as it is now. The token is not looked at
   * again: what it says does not change.
   *
   * @return fails as {@link #grant(String)} does where the session was revoked since, or its
   *     account disabled or removed
   */
  public Future<Grant> again(Grant grant) {
    Caller caller = grant.caller();
    return grant(
        caller.organisation(),
        caller.account(),
        caller.session(),
        grant.born(),
        grant.expires());
  }

  private Future<Grant> grant(
      OrganisationId organisation,
      AccountId id,
      @Nullable SessionId session,
      long born,
      @Nullable Instant expires) {
    return log.roster(organisation)
        .compose(
            roster -> {
              Account account = roster.account(id);
              if (account == null
                  || account.disabled()
                  || account.signedOut() > born
                  || (session == null) != account.bot()
                  || (session != null && roster.hasEnded(session))) {
                return Future.failedFuture(Tokens.refused());
              }
              Caller caller = new Caller(id, organisation, session, account.role(), account.bot());
              return Future.succeededFuture(new Grant(caller, born, expires));
            });
  }
}
