package chat.plenary.messaging.meeting;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A meeting as its provider knows it.
 *
 * @param external the provider's id of it, unique at that provider; 1 to 128 characters
 * @param code what people type to get in, or null where the provider has none
 * @param details what the provider needs to know again; shown to nobody, at most 4 KiB
 */
public record Room(String external, @Nullable String code, JsonObject details) {}
