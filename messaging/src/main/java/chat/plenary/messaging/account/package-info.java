/**
 * Accounts: people and bots, how they sign in, their sessions and tokens, and the {@link
 * chat.plenary.messaging.account.Caller} that everything else is asked by. The only place that sees
 * jjwt.
 */
@NullMarked
package chat.plenary.messaging.account;

import org.jspecify.annotations.NullMarked;
