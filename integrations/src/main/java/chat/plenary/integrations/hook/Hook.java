package chat.plenary.integrations.hook;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;

/**
 * An address at which an outside system posts.
 *
 * @param id what the hook is known by; a hash of its secret, which is not kept
 * @param kind which route takes what is posted, such as {@code alertmanager}
 * @param organisation whose it is
 * @param group where it posts to
 * @param bot in whose name
 */
public record Hook(
    String id, String kind, OrganisationId organisation, ConversationId group, AccountId bot) {}
