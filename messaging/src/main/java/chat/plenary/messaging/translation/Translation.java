package chat.plenary.messaging.translation;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What a message says in another language, or why that is not known.
 *
 * @param seq the message
 * @param of the seq of the body that was translated: the message's own, or its newest edit's
 * @param language the other language, without a region
 * @param text what it says; null where there is a problem
 * @param engine the name of the engine; null where there is a problem
 * @param title what people call the engine; null where there is a problem
 * @param problem in words for people; null where there is a text
 */
public record Translation(
    long seq,
    long of,
    String language,
    @Nullable String text,
    @Nullable String engine,
    @Nullable String title,
    @Nullable String problem) {

  static Translation problem(long seq, long of, String language, String why) {
    return new Translation(seq, of, language, null, null, null, why);
  }

  /** The form in the protocol. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("seq", seq).put("of", of).put("language", language);
    return text == null
        ? json.put("problem", problem)
        : json.put("text", text).put("engine", engine).put("title", title);
  }
}
