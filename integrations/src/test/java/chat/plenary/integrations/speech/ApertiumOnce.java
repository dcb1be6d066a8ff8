package chat.plenary.integrations.speech;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.TextTranslator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real Apertium, started anew for each text: slow, and as plain as can be. */
final class ApertiumOnce implements TextTranslator {
  private static final Map<String, List<String>> MODES =
      Map.of("en>es", List.of("eng-spa"), "en>fr", List.of("eng-spa", "es-fr"));

  private final Vertx vertx;

  ApertiumOnce(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public String name() {
    return "apertium";
  }

  @Override
  public String title() {
    return "Apertium";
  }

  @Override
  public boolean outside() {
    return false;
  }

  @Override
  public boolean translates(String from, String to) {
    return MODES.containsKey(from + ">" + to);
  }

  @Override
  public Future<String> translate(String text, String from, String to) {
    return vertx.executeBlocking(
        () -> {
          String said = text;
          for (String mode : MODES.get(from + ">" + to)) {
            Process process = new ProcessBuilder("apertium", "-u", mode).start();
            try (var input = process.getOutputStream()) {
              input.write(said.getBytes(StandardCharsets.UTF_8));
            }
            said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(5, TimeUnit.SECONDS) || said.isBlank()) {
              throw Fault.of(Fault.Code.UNAVAILABLE, "Apertium says nothing.");
            }
          }
          return said.strip();
        },
        false);
  }
}
