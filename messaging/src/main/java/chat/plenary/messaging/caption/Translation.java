package chat.plenary.messaging.caption;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What a caption says in another language, or why that is not known.
 *
 * @param language the other language's tag
 * @param text what it says; null where there is a problem
 * @param engine the name of the engine or provider that translated; null where there is a problem
 * @param title what people call that engine; null where there is a problem, and in captions of
 *     before it was kept
 * @param problem in words for people; null where there is a text
 */
public record Translation(
    String language,
    @Nullable String text,
    @Nullable String engine,
    @Nullable String title,
    @Nullable String problem) {

  /** One that an engine made. */
  public static Translation by(String engine, String title, String language, String text) {
    return new Translation(language, text, engine, title, null);
  }

  /** One that could not be made. */
  public static Translation failed(String language, String problem) {
    return new Translation(language, null, null, null, problem);
  }

  /** The form in the protocol. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("language", language);
    if (text == null) {
      return json.put("problem", problem);
    }
    json.put("text", text).put("engine", engine);
    return title == null ? json : json.put("title", title);
  }
}
