package chat.plenary.messaging.meeting;

import chat.plenary.messaging.id.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * A member who wants in.
 *
 * @param account who
 * @param userid their name for signing in
 * @param name their name
 * @param host whether they may moderate
 * @param language what they read, a BCP 47 tag, or null
 */
public record Guest(
    AccountId account, String userid, String name, boolean host, @Nullable String language) {}
