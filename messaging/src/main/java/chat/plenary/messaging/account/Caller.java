package chat.plenary.messaging.account;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as established by a token.
 *
 * @param account the account
 * @param organisation its home organisation
 * @param session the session that the token belongs to; null for bots and for the server's own
 *     doing
 * @param role the account's role, as this node knows it now
 * @param bot whether it is a bot
 */
public record Caller(
    AccountId account,
    OrganisationId organisation,
    @Nullable SessionId session,
    Role role,
    boolean bot) {

  /** An organisation's own account ({@link AccountId#service}); only features call as it. */
  public static Caller service(OrganisationId organisation) {
    return new Caller(AccountId.service(organisation), organisation, null, Role.MEMBER, true);
  }

  /** Whether this is an organisation's own account. */
  public boolean isService() {
    return account.equals(AccountId.service(organisation));
  }
}
