package chat.plenary.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as the caller sees it.
 *
 * @param kind {@code group} or {@code direct}
 * @param name of a group
 * @param with the other one of a direct conversation
 * @param members how many there are
 * @param role the caller's; null when it was removed
 * @param history whether new members see what was before them
 * @param head the newest entry
 * @param from the first entry that the caller may see
 * @param position up to where the caller has read
 * @param unread {@code head.m − position.m}
 * @param mentions the numbers of unread messages that mention the caller, at most 100
 * @param last the newest message, or null
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Conversation(
    String id,
    String kind,
    @Nullable String name,
    @Nullable @JsonProperty("with") String with,
    int members,
    @Nullable String role,
    boolean history,
    @Nullable Place head,
    long from,
    @Nullable Place position,
    long unread,
    @Nullable List<Long> mentions,
    @Nullable Last last) {

  /** A place in a conversation: an entry's number, and the countable messages up to it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Place(long seq, long m) {}

  /** The newest message in short. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Last(
      long seq, String kind, @Nullable String sender, @Nullable String at, @Nullable Body body) {}

  /** The number of the newest entry; 0 where it is not told. */
  public long headSeq() {
    return head == null ? 0 : head.seq();
  }
}
