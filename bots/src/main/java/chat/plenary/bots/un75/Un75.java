package chat.plenary.bots.un75;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The definition file of the UN75 survey. */
public final class Un75 {
  /** The file's name, as errors tell it. */
  public static final String FILE = "un75.json";

  private Un75() {}

  /** The file as it is. */
  public static JsonObject definition() {
    try (InputStream in = Un75.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks " + FILE);
      }
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
