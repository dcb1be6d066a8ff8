package chat.plenary.messaging.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a good token grants.
 *
 * @param caller who holds it
 * @param expires when the token ends; null for a bot's token, which does not
 */
public record Grant(Caller caller, @Nullable Instant expires) {}
