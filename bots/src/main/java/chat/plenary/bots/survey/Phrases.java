package chat.plenary.bots.survey;

import chat.plenary.messaging.fault.Input;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What every survey says, in all languages: buttons and remarks. */
final class Phrases {
  private static final String FILE = "phrases.json";

  private final Map<String, Wording> phrases = new HashMap<>();

  Phrases() {
    try (InputStream file = Phrases.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("the class path lacks " + FILE);
      }
      JsonObject json = new JsonObject(new String(file.readAllBytes(), StandardCharsets.UTF_8));
      Input in = Input.at(FILE, json);
      json.fieldNames().forEach(name -> phrases.put(name, Wording.read(in, name, 500)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Wording get(String name) {
    Wording found = phrases.get(name);
    if (found == null) {
      throw new IllegalArgumentException("there is no phrase " + name);
    }
    return found;
  }

  String say(String name, String language) {
    return get(name).in(language);
  }
}
