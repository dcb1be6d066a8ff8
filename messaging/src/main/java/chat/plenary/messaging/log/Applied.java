package chat.plenary.messaging.log;

import org.jspecify.annotations.Nullable;

/**
 * An entry and the state of its conversation around it.
 *
 * @param entry the entry
 * @param before the state just before, or null where this node does not hold the conversation in
 *     memory
 * @param after the state just after, or null likewise
 */
public record Applied(Entry entry, @Nullable State before, @Nullable State after) {}
