package chat.plenary.messaging.message;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A card as one viewer sees it.
 *
 * @param state whether it can be answered
 * @param card what to draw in the posted card's place, for this viewer alone; null for the posted
 *     card itself
 * @param selected what this viewer selected, by question key
 * @param message a sentence to show with it, or null
 */
public record CardView(
    State state,
    @Nullable JsonObject card,
    Map<String, List<String>> selected,
    @Nullable String message) {
  public CardView {
    selected = Map.copyOf(selected);
  }

  /** Whether a card can be answered. */
  public enum State {
    OPEN,
    ANSWERED,
    CLOSED
  }

  /** The posted card, still to be answered. */
  public static CardView open() {
    return new CardView(State.OPEN, null, Map.of(), null);
  }

  /** The form in the protocol. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .put("card", card)
        .put("selected", CardAnswer.selectedJson(selected))
        .put("message", message);
  }
}
