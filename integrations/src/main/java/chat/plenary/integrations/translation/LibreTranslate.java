package chat.plenary.integrations.translation;

import chat.plenary.messaging.interpretation.Language;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server of LibreTranslate, or one that speaks as it does. */
final class LibreTranslate extends RemoteEngine {
  private final Set<String> languages;

  LibreTranslate(EngineSettings settings, Line line) {
    super(settings, line);
    this.languages = Set.copyOf(settings.languages());
  }

  @Override
  public boolean translates(String from, String to) {
    return languages.contains(Language.base(from)) && languages.contains(Language.base(to));
  }

  @Override
  public Future<String> translate(String text, String from, String to) {
    JsonObject asked =
        new JsonObject()
            .put("q", text)
            .put("source", code(from))
            .put("target", code(to))
            .put("format", "text");
    String key = settings.key();
    if (key != null) {
      asked.put("api_key", key);
    }
    return line.post("/translate", Map.of(), asked.toBuffer())
        .map(answer -> text(answer.getValue("translatedText")));
  }

  /** Traditional Chinese has a code of its own there. */
  private static String code(String tag) {
    return tag.startsWith("zh-Hant") ? "zt" : Language.base(tag);
  }

  private static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw Replies.shape();
  }
}
