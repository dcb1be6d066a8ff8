package chat.plenary.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a conversation.
 *
 * @param conversation where
 * @param seq its number, from 1 without gaps
 * @param m countable messages up to and with it
 * @param kind such as {@code message.posted}; later servers add kinds
 * @param version of the kind
 * @param sender whose doing it is
 * @param ref under which its sender sent it; empty where the server does not tell
 * @param at when, RFC 3339; order is told by {@code seq} alone
 * @param body what it says, null for a recalled message; {@link #content()} gives it typed
 * @param edited the newest edit of it, in pages of history
 * @param recalled its recall, in pages of history
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Entry(
    String conversation,
    long seq,
    long m,
    String kind,
    int version,
    String sender,
    @Nullable String ref,
    @Nullable String at,
    @Nullable JsonNode body,
    @Nullable Mark edited,
    @Nullable Mark recalled) {

  /**
   * What happened to an entry since.
   *
   * @param seq the entry that did it
   * @param by whose doing; told for recalls
   * @param at when
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Mark(long seq, @Nullable String by, @Nullable String at) {}

  /**
   * The body by kind. An unknown kind, or a body that is not as it should be, gives {@link
   * Content.Other}.
   */
  public Content content() {
    return Content.of(kind, body);
  }
}
