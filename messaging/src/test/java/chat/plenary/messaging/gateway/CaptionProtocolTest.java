package chat.plenary.messaging.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.account.SignedIn;
import chat.plenary.messaging.caption.FakeEngine;
import chat.plenary.messaging.http.Route;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of the protocol's section on captions, against a server. */
class CaptionProtocolTest {
  private static final String PATH = "/api/v1/meetings/{id}";

  @TempDir Path directory;

  @Test
  void captionsAreAsTheProtocolShowsThem() throws Exception {
    ProtocolSamples samples = new ProtocolSamples();
    try (CaptionNode node =
        new CaptionNode(
            directory, List.of(new FakeEngine()), SpeechConnections.Options.defaults())) {
      SignedIn alice = node.signIn("alice");
      SignedIn bob = node.join("bob");
      String id = bob.account().id().value();

      JsonObject roster = samples.of("request PUT " + PATH + "/interpreters");
      roster.getJsonArray("interpreters").getJsonObject(0).put("account", id);
      JsonObject named = answer(node.call(alice, HttpMethod.PUT, "/interpreters", roster));
      JsonObject shown = samples.of("response PUT " + PATH + "/interpreters");
      shown.getJsonArray("interpreters").getJsonObject(0).put("account", id);
      assertThat(named).isEqualTo(shown);
      assertThat(answer(node.call(bob, HttpMethod.GET, "/interpreters", null))).isEqualTo(shown);
      JsonObject duty = samples.of("request POST " + PATH + "/interpreters/duty");
      assertThat(
              answer(node.call(bob, HttpMethod.POST, "/interpreters/duty", duty))
                  .getJsonArray("interpreters")
                  .getJsonObject(0)
                  .getBoolean("on"))
          .isTrue();

      JsonObject typed = samples.of("request POST " + PATH + "/captions");
      JsonObject taken = answer(node.call(bob, HttpMethod.POST, "/captions", typed));
      assertThat(taken.getString("key")).isEqualTo("typed/" + id + "/17");
      JsonObject growing = typed.copy().put("key", "18").put("complete", false);
      assertThat(answer(node.call(bob, HttpMethod.POST, "/captions", growing)).getValue("seq"))
          .isNull();

      node.floors.record(node.floors.assembly.alice, null, 1);
      JsonObject page = answer(node.call(alice, HttpMethod.GET, "/captions?language=es", null));
      JsonObject sample = samples.of("response GET " + PATH + "/captions");
      JsonObject line = page.getJsonArray("captions").getJsonObject(0);
      JsonObject said = sample.getJsonArray("captions").getJsonObject(0);
      assertThat(page.fieldNames()).isEqualTo(sample.fieldNames());
      assertThat(line.fieldNames()).isEqualTo(said.fieldNames());
      for (String same : List.of("language", "text", "by", "translation", "recalled")) {
        assertThat(line.getValue(same)).as(same).isEqualTo(said.getValue(same));
      }

      LiveNode.Client speaker = node.speech(null);
      speaker.send(samples.of("speech hello").put("token", alice.accessToken().text()));
      assertThat(speaker.next().fieldNames()).isEqualTo(samples.of("speech ready").fieldNames());
    }
  }

  @Test
  void everyEndpointOfCaptionsIsInTheProtocol() throws Exception {
    ProtocolSamples samples = new ProtocolSamples();
    for (Route route : new CaptionRoutes(null).routes()) {
      assertThat(samples.page).contains("`" + route.method() + " " + route.path());
    }
  }

  private static JsonObject answer(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }
}
