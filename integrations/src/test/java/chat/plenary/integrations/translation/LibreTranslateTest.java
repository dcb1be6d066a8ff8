package chat.plenary.integrations.translation;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.fault.Fault;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LibreTranslateTest extends EngineContract {
  @Override
  EngineSettings settings(URI address) {
    return EngineSettings.libreTranslate(
        "libre", "LibreTranslate", false, address, SECRET, List.of("en", "es", "zh"), 20);
  }

  @Override
  JsonObject answer(HttpServerRequest request, JsonObject body) {
    assertThat(request.path()).isEqualTo("/translate");
    return new JsonObject()
        .put(
            "translatedText",
            body.getString("target").toUpperCase(Locale.ROOT) + " " + body.getString("q"));
  }

  @Test
  void itIsAskedAsItsDocumentationSays() throws Exception {
    await(engine.translate(TEXT, "en-GB", "zh-Hant"));
    assertThat(server.bodies.get(0))
        .isEqualTo(
            new JsonObject()
                .put("q", TEXT)
                .put("source", "en")
                .put("target", "zt")
                .put("format", "text")
                .put("api_key", SECRET));
    assertThat(engine.translates("en", "zh-Hant")).isTrue();
    assertThat(engine.translates("en", "fr")).isFalse();
  }

  @Test
  void moreThanItMayBeAskedIsRefusedHere() throws Exception {
    List<Future<String>> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(engine.translate(TEXT, "en", "es"));
    }
    await(Future.join(all).transform(done -> Future.succeededFuture()));
    assertThat(all).filteredOn(Future::succeeded).hasSizeBetween(20, 40);
    assertThat(all)
        .filteredOn(Future::failed)
        .allMatch(one -> ((Fault) one.cause()).code() == Fault.Code.TOO_MANY);
  }
}
