package chat.plenary.messaging.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a good token grants.
 *
 * @param caller who holds it
 * @param born the number of the organisation's log at which the token's session began
 * @param expires when the token ends; null for a bot's token, which does not
 */
public record Grant(Caller caller, long born, @Nullable Instant expires) {}
