package chat.plenary.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message says.
 *
 * @param type {@code text}, {@code markdown}, {@code card} or {@code system}
 * @param text 1 to 8,000 characters; of a card what to show where cards cannot be drawn
 * @param mentions the accounts that it mentions, at most 50; null or empty: nobody
 * @param all whether it mentions everybody; null: no
 * @param quote the number of the message that it quotes, or null
 * @param card a template card, for the type {@code card} alone
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Body(
    String type,
    @Nullable String text,
    @Nullable List<String> mentions,
    @Nullable Boolean all,
    @Nullable Long quote,
    @Nullable JsonNode card) {

  /** A plain text. */
  public static Body text(String text) {
    return new Body("text", text, null, null, null, null);
  }

  /** A text in the subset of CommonMark that the protocol names. */
  public static Body markdown(String text) {
    return new Body("markdown", text, null, null, null, null);
  }

  /** A template card, and what to show where cards cannot be drawn. */
  public static Body card(JsonNode card, String text) {
    return new Body("card", text, null, null, null, card);
  }

  /** The same, mentioning these accounts. */
  public Body mentioning(List<String> accounts) {
    return new Body(type, text, List.copyOf(accounts), all, quote, card);
  }

  /** The same, quoting a message of the same conversation. */
  public Body quoting(long seq) {
    return new Body(type, text, mentions, all, seq, card);
  }
}
