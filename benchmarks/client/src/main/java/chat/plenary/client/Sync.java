package chat.plenary.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changed since a cursor.
 *
 * @param cursor what to sync from the next time
 * @param more whether there is more already
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Sync(List<Changed> conversations, @Nullable String cursor, boolean more) {
  /**
   * A conversation with its newest new entries.
   *
   * @param complete whether none is missing before them
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Changed(Conversation conversation, List<Entry> entries, boolean complete) {}
}
