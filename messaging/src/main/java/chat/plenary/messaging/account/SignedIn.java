package chat.plenary.messaging.account;

import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.SessionId;

/**
 * What signing in and refreshing give.
 *
 * @param accessToken a JWT
 * @param expiresIn seconds that it is good for
 * @param refreshToken to be shown once for the next ones
 * @param session the session
 * @param account the account
 * @param organisation its home organisation
 * @param organisationName that organisation's name
 */
public record SignedIn(
    Secret accessToken,
    int expiresIn,
    Secret refreshToken,
    SessionId session,
    Account account,
    OrganisationId organisation,
    String organisationName) {}
