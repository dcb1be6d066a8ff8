package chat.plenary.messaging.meeting;

import chat.plenary.messaging.id.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in a meeting, as its provider knows them.
 *
 * @param external the provider's id of them, unique in the meeting; 1 to 128 characters
 * @param userid the userid that the provider was given for them in a link or invitation, or null
 * @param account the account that the provider was given for them, or null for a stranger
 * @param name what they call themselves
 */
public record Participant(
    String external, @Nullable String userid, @Nullable AccountId account, String name) {}
