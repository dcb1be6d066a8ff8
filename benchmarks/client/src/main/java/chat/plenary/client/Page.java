package chat.plenary.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next what to pass as {@code after} for the next page, or null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {}
