package chat.plenary.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * Something was appended, or had been under the same ref.
 *
 * @param seq the entry's number
 * @param m countable messages up to it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Accepted(
    String conversation, @Nullable String ref, long seq, long m, @Nullable String at) {}
