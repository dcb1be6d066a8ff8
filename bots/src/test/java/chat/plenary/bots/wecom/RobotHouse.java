package chat.plenary.bots.wecom;

import static chat.plenary.bots.House.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.bots.Served;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.organisation.Joining;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A group whose owner makes robots, and tools that have their addresses. */
abstract class RobotHouse {
  static final String HOOK = "/cgi-bin/webhook/send?key=";

  @TempDir Path directory;
  Served served;
  String robots;
  boolean storeIsClosed;

  @BeforeEach
  void open() throws Exception {
    served = new Served(directory);
    robots = "/api/v1/conversations/" + served.house.group.value() + "/robots";
  }

  @AfterEach
  void close() throws Exception {
    if (storeIsClosed) {
      await(served.house.vertx.close());
    } else {
      served.close();
    }
  }

  JsonObject make(String name) throws Exception {
    return served.post(served.alice, robots, new JsonObject().put("name", name)).json();
  }

  JsonObject send(String key, String body) throws Exception {
    Served.Answer answer = served.raw(HOOK + key, body);
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  int code(String key, String body) throws Exception {
    return send(key, body).getInteger("errcode");
  }

  static String text(String content) {
    return new JsonObject()
        .put("msgtype", "text")
        .put("text", new JsonObject().put("content", content))
        .encode();
  }

  JsonObject last() throws Exception {
    var page =
        await(served.house.chat.history().page(served.house.alice, served.house.group, 0, -1, 1));
    return page.entries().get(0).toJson().getJsonObject("body");
  }

  String person(String userid, String password) throws Exception {
    Joining.Candidate candidate =
        new Joining.Candidate(userid, userid, password, Role.MEMBER, List.of());
    await(served.house.chat.organisations().add(served.house.alice, List.of(candidate)));
    return served.signIn(userid, password);
  }
}
