package chat.plenary.messaging.gateway;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The samples of docs/protocol.md. */
final class ProtocolSamples {
  private static final Pattern FENCE =
      Pattern.compile("^```json ([^\\n]+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  final String page;
  final List<Sample> all = new ArrayList<>();

  /**
   * A sample.
   *
   * @param title what stands behind {@code json}, such as {@code request POST /api/v1/setup}
   */
  record Sample(String title, JsonObject json) {}

  ProtocolSamples() throws IOException {
    page = Files.readString(Path.of("../docs/protocol.md"));
    Matcher fences = FENCE.matcher(page);
    while (fences.find()) {
      all.add(new Sample(fences.group(1).strip(), new JsonObject(fences.group(2))));
    }
  }

  /** The first sample of a title; a copy. */
  JsonObject of(String title) {
    return all.stream()
        .filter(sample -> sample.title().equals(title))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no sample " + title))
        .json()
        .copy();
  }
}
