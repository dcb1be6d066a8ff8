package chat.plenary.integrations.route;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.integrations.Operators;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of routes that come, change, break and go. */
@Timeout(300)
class RouteFilesTest {
  @TempDir Path directory;
  private Operators operators;
  private ConversationId from;
  private ConversationId to;

  @BeforeEach
  void open() throws Exception {
    operators = Operators.open(directory);
    from = operators.assembly.group("from");
    to = operators.assembly.group("to");
  }

  @AfterEach
  void close() throws Exception {
    operators.close();
  }

  private String copying(String text) {
    return """
    - route:
        id: copy
        from:
          uri: plenary:group/%s
          parameters:
            as: %s
            organisation: %s
            format: text
          steps:
            - setBody:
                simple: "%s"
            - to: "plenary:group/%s%s"
    """
        .formatted(
            from,
            operators.assembly.bo.account(),
            operators.assembly.bo.organisation(),
            text,
            to,
            operators.as());
  }

  private void post(String text) throws Exception {
    operators.assembly.post(operators.assembly.alice, from, "ref-" + text, text);
  }

  private void awaitTurn() throws Exception {
    until(
        "the route's turn",
        () -> {
          JsonObject file = operators.file("copy.yaml");
          return file != null
              && !file.getJsonArray("routes").isEmpty()
              && file.getJsonArray("routes").getJsonObject(0).getBoolean("turn");
        });
  }

  @Test
  void editedBrokenDeletedAndRestoredUnderLoadItLosesAndDoublesNothing() throws Exception {
    operators.write("copy.yaml", copying("${body}"));
    operators.awaitState("copy.yaml", "running");
    awaitTurn();
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger posted = new AtomicInteger();
    ExecutorService load = Executors.newSingleThreadExecutor();
    Future<?> posting =
        load.submit(
            () -> {
              while (!enough.get()) {
                post("m" + posted.getAndIncrement());
                Thread.sleep(5);
              }
              return null;
            });
    for (int round = 0; round < 3; round++) {
      operators.write("copy.yaml", copying("${body}") + "# edited " + round + "\n");
      Thread.sleep(700);
      operators.write("copy.yaml", copying("${bean:evil}"));
      operators.awaitState("copy.yaml", "last-good");
      JsonObject broken = operators.file("copy.yaml");
      assertThat(broken.getJsonObject("error").getInteger("line")).isEqualTo(11);
      assertThat(broken.getJsonObject("error").getString("message")).contains("${bean:evil}");
      assertThat(broken.getJsonArray("routes").getJsonObject(0).getString("state"))
          .isEqualTo("started");
      operators.delete("copy.yaml");
      until("the file to be gone", () -> operators.file("copy.yaml") == null);
      operators.write("copy.yaml", copying("${body}"));
      operators.awaitState("copy.yaml", "running");
    }
    enough.set(true);
    posting.get();
    load.shutdown();
    int all = posted.get();
    until("all copies", () -> operators.texts(to).size() >= all);
    assertThat(operators.texts(to)).isEqualTo(operators.texts(from)).hasSize(all);
    assertThat(operators.deadLetters()).isEmpty();
    System.out.println(all + " messages were copied while the route was changed.");
  }

  @Test
  void aDeletedFileEndsItsRoutesAndARestoredOneGoesOnWhereItWas() throws Exception {
    operators.write("copy.yaml", copying("${body}"));
    operators.awaitState("copy.yaml", "running");
    awaitTurn();
    post("one");
    until("one", () -> operators.texts(to).size() == 1);
    operators.delete("copy.yaml");
    until("the file to be gone", () -> operators.file("copy.yaml") == null);
    post("two");
    Thread.sleep(500);
    assertThat(operators.texts(to)).containsExactly("one");
    operators.write("copy.yaml", copying("again ${body}"));
    until("two", () -> operators.texts(to).size() == 2);
    assertThat(operators.texts(to)).containsExactly("one", "again two");
  }

  @Test
  void afterARestartWithABadFileTheLastGoodOneRuns() throws Exception {
    operators.write("copy.yaml", copying("good ${body}"));
    operators.awaitState("copy.yaml", "running");
    awaitTurn();
    operators.write("copy.yaml", "- route: [");
    operators.awaitState("copy.yaml", "last-good");
    operators.close();
    operators = Operators.open(directory);
    JsonObject file = operators.file("copy.yaml");
    assertThat(file.getString("state")).isEqualTo("last-good");
    assertThat(file.getJsonObject("error").getString("message")).startsWith("This is not YAML");
    awaitTurn();
    post("one");
    until("one", () -> operators.texts(to).size() == 1);
    assertThat(operators.texts(to)).containsExactly("good one");
  }

  @Test
  void whatTheScratchContextRefusesIsToldWithItsLineAndNothingOfItRuns() throws Exception {
    operators.write("bad.yaml", copying("${body}").replace("format: text", "formt: text"));
    operators.awaitState("bad.yaml", "failed");
    JsonObject error = operators.file("bad.yaml").getJsonObject("error");
    assertThat(error.getString("message")).contains("formt");
    assertThat(error.getInteger("line")).isEqualTo(4);
    operators.write("events.yaml", copying("${body}").replace("format: text", "events: shout"));
    operators.awaitState("events.yaml", "failed");
    assertThat(operators.file("events.yaml").getJsonObject("error").getString("message"))
        .contains("events must be all");
    assertThat(operators.file("events.yaml").getJsonArray("routes")).isEmpty();
  }

  @Test
  void anIdBelongsToOneFileAndIsFreeWhenThatIsGone() throws Exception {
    operators.write("copy.yaml", copying("${body}"));
    operators.awaitState("copy.yaml", "running");
    operators.write("other.yaml", copying("other ${body}"));
    operators.awaitState("other.yaml", "failed");
    assertThat(operators.file("other.yaml").getJsonObject("error").getString("message"))
        .contains("copy.yaml has a route 'copy', too");
    operators.delete("copy.yaml");
    operators.awaitState("other.yaml", "running");
  }

  @Test
  void aSecretComesFromItsFileAndIsShownNowhere() throws Exception {
    String out =
        """
        - templatedRoute:
            routeTemplateRef: webhook-out
            routeId: crm
            parameters:
              - {name: group, value: %s}
              - {name: as, value: %s}
              - {name: organisation, value: %s}
              - {name: url, value: "ftp://crm.example.org/x"}
              - {name: secret, value: "{{secret:crm}}"}
        """
            .formatted(from, operators.assembly.bo.account(), operators.assembly.bo.organisation());
    operators.write("crm.yaml", out);
    operators.awaitState("crm.yaml", "failed");
    assertThat(operators.file("crm.yaml").encode()).contains("there is no secret 'crm'");
    operators.write("secrets.properties", "crm=0123456789abcdefSECRET\n");
    operators.write("crm.yaml", out + "\n");
    until(
        "another problem",
        () -> operators.file("crm.yaml").encode().contains("url must be an address of http"));
    assertThat(operators.file("crm.yaml").encode()).doesNotContain("abcdefSECRET");
    operators.write("crm.yaml", out.replace("ftp:", "https:"));
    operators.awaitState("crm.yaml", "running");
  }

  @Test
  void administratorsSeeFilesOfTheirOwnOrganisationOnly() throws Exception {
    operators.write("copy.yaml", copying("${body}"));
    operators.awaitState("copy.yaml", "running");
    OrganisationId home =
        await(
            operators
                .assembly
                .chat
                .organisations()
                .create("Elsewhere", "mallory", "Mallory", "correct horse battery"));
    Caller mallory = new Caller(AccountId.of("x", "y"), home, null, Role.OWNER, false);
    JsonObject seen =
        await(operators.answer(mallory, "GET", "/api/v1/routes", Map.of(), Map.of(), ""))
            .body()
            .toJsonObject();
    assertThat(seen.getJsonArray("files")).isEmpty();
    assertThat(seen.getJsonArray("shipped")).isEmpty();
    assertThat(operators.file("copy.yaml")).isNotNull();
  }

  @Test
  void theRoutesThatAreShippedAreListedWithTheirCounts() throws Exception {
    until("the upkeep of meetings", () -> shipped().get(1).getInteger("exchanges") > 0);
    assertThat(shipped())
        .extracting(route -> route.getString("id"))
        .containsExactly("alertmanager", "plenary-meeting-upkeep");
    assertThat(shipped()).allMatch(route -> route.getString("state").equals("started"));
    assertThat(shipped().get(1).getInteger("failures")).isZero();
  }

  private List<JsonObject> shipped() throws Exception {
    JsonObject page = operators.call("GET", "/api/v1/routes", Map.of()).body().toJsonObject();
    return page.getJsonArray("shipped").stream().map(JsonObject.class::cast).toList();
  }

  @Test
  void manyFilesArePagedAndCounted() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String name = "timer-" + i + ".yaml";
      names.add(name);
      operators.write(
          name,
          """
          - route:
              id: tick-%d
              from:
                uri: timer:tick-%d?period=50&delay=0
                steps:
                  - setBody: {constant: tick}
          """
              .formatted(i, i));
    }
    operators.awaitState("timer-4.yaml", "running");
    until(
        "ticks",
        () ->
            operators
                    .file("timer-0.yaml")
                    .getJsonArray("routes")
                    .getJsonObject(0)
                    .getInteger("exchanges")
                > 1);
    JsonObject page =
        operators.call("GET", "/api/v1/routes", Map.of("limit", "2")).body().toJsonObject();
    assertThat(page.getJsonArray("files")).hasSize(2);
    assertThat(page.getString("next")).isEqualTo("timer-1.yaml");
    assertThat(names).contains(page.getString("next"));
  }
}
