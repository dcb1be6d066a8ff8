package chat.plenary.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tutorials, executed as they are written, but for the ports. */
@Timeout(600)
class TutorialsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  @TempDir Path folder;

  /** A folder that looks like a checkout whose node is built. */
  @BeforeEach
  void checkout() throws IOException {
    Files.createSymbolicLink(folder.resolve("docs"), ROOT.resolve("docs"));
    Path command = folder.resolve("plenary");
    Files.writeString(
        command,
        String.format(
            "#!/bin/sh%nexec '%s' -Xmx256m -cp '%s' %s \"$@\"%n",
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path"),
            Main.class.getName()));
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
  }

  private static void needs(String program) {
    boolean there =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    if (System.getenv("CI") == null) {
      assumeTrue(there, program + " is not installed");
    }
    assertThat(there).as(program).isTrue();
  }

  /** Does the first step of a tutorial, starting the node, and waits until it serves. */
  private static void start(Shell terminal, String step, int port) {
    assertThat(step).startsWith("./plenary start --demo");
    terminal.run(step.strip() + " --port " + port + " > node.log 2>&1 &");
    Live.until(
        "the node to start", () -> terminal.run("cat node.log").contains("Ctrl-C stops it."));
  }

  @Test
  void theBotOfTheTutorialCounts() throws IOException {
    needs("python3");
    needs("curl");
    int port = Address.freePort("127.0.0.1");
    List<String> steps = Shell.blocks(ROOT.resolve("docs/tutorials/write-a-bot.md"));
    try (Shell terminal = new Shell(folder)) {
      start(terminal, steps.get(0), port);
      for (String step : steps.subList(1, 5)) {
        terminal.run(step.replace(":8080", ":" + port));
      }
      String ask = steps.get(5);
      terminal.run(ask);
      String look = ask.substring(ask.lastIndexOf("curl"));
      Live.until("an answer", () -> terminal.run(look).contains("1 messages."));

      terminal.run("kill %2; wait %2");
      terminal.run(ask.substring(0, ask.indexOf("sleep")).replace("ask-1", "ask-2"));
      terminal.run(steps.get(4));
      Live.until("an answer", () -> terminal.run(look).contains("2 messages."));
      JsonObject page = new JsonObject(terminal.run(look.replace("limit=2", "limit=100")));
      assertThat(texts(page.getJsonArray("entries")))
          .containsExactly("how many?", "1 messages.", "how many?", "2 messages.");
    }
  }

  @Test
  void anAlertOfARealAlertmanagerIsOneCardThatTurnsGreen() throws IOException {
    needs("prometheus-alertmanager");
    needs("python3");
    needs("curl");
    int port = Address.freePort("127.0.0.1");
    String alertmanager = ":" + Address.freePort("127.0.0.1");
    List<String> steps =
        Shell.blocks(ROOT.resolve("docs/tutorials/alertmanager.md")).stream()
            .map(step -> step.replace(":9093", alertmanager))
            .toList();
    try (Shell terminal = new Shell(folder)) {
      start(terminal, steps.get(0), port);
      terminal.run(steps.get(1));
      terminal.run(steps.get(2).replaceFirst("&\\s*$", "> alertmanager.log 2>&1 &"));
      JsonObject demo = NodeProcess.demo(folder.resolve("demo-data"));
      JsonObject owner = demo.getJsonArray("users").getJsonObject(0);
      Rest alice =
          Rest.signedIn(
              demo.getString("baseUrl"), owner.getString("userid"), owner.getString("password"));
      String group = demo.getJsonArray("hooks").getJsonObject(0).getString("group");

      Live.until(
          "Alertmanager", () -> terminal.run(steps.get(3) + "\necho $?").strip().endsWith("0"));
      Live.until("a card", () -> titles(alice, group).contains("Firing: DiskFull"));
      terminal.run(steps.get(4));
      Live.until("the card to change", () -> titles(alice, group).contains("Resolved: DiskFull"));
      assertThat(titles(alice, group)).doesNotContain("Firing: DiskFull");

      // The plug is pulled: Alertmanager keeps what was not taken, and tells it again.
      terminal.run("kill -9 %1; wait %1");
      terminal.run(steps.get(3).replace("DiskFull", "LinkDown"));
      NodeProcess.pause(3_000);
      start(terminal, steps.get(0), port);
      Rest again =
          Rest.signedIn(
              demo.getString("baseUrl"), owner.getString("userid"), owner.getString("password"));
      Live.until("the late card", () -> titles(again, group).contains("Firing: LinkDown"));
      assertThat(titles(again, group))
          .containsOnlyOnce("Firing: LinkDown")
          .containsOnlyOnce("Resolved: DiskFull");
    }
  }

  @Test
  void theRouteOfTheTutorialCopiesBreaksAndPosts() throws IOException {
    needs("python3");
    needs("curl");
    int port = Address.freePort("127.0.0.1");
    int receiver = Address.freePort("127.0.0.1");
    List<String> steps =
        Shell.blocks(ROOT.resolve("docs/tutorials/write-a-route.md")).stream()
            .map(step -> step.replace(":8080", ":" + port))
            .map(step -> step.replace("9000", String.valueOf(receiver)))
            .toList();
    try (Shell terminal = new Shell(folder)) {
      start(terminal, steps.get(0), port);
      steps.subList(1, 4).forEach(terminal::run);
      String routes = steps.get(4);
      Live.until("the route", () -> terminal.run(routes).contains("\"turn\":true"));

      terminal.run(steps.get(5));
      String look = steps.get(6);
      Live.until("the copy", () -> terminal.run(look).contains("the lift is stuck"));
      assertThat(terminal.run(look))
          .contains("Alice Adams says: This is urgent")
          .doesNotContain("quiet");

      terminal.run(steps.get(7));
      Live.until("the problem", () -> terminal.run(steps.get(8)).contains("last-good"));
      assertThat(terminal.run(steps.get(8))).contains("${bean:oracle}").contains("\"line\":14");
      terminal.run(steps.get(9));
      Live.until("all to be well", () -> !terminal.run(routes).contains("last-good"));

      terminal.run(steps.get(10));
      Live.until("both routes", () -> terminal.run(routes).split("\"turn\":true", -1).length == 3);
      terminal.run(steps.get(11));
      Live.until(
          "what was posted",
          () -> terminal.run(steps.get(12)).contains("signed and new: The lift goes again."));
      terminal.run(steps.get(13));
      Live.until("no route", () -> terminal.run(routes).contains("\"files\":[]"));
    }
  }

  @Test
  void theSimulatedTencentMeetingOfTheTutorialIsConnected() throws IOException {
    needs("python3");
    needs("curl");
    int port = Address.freePort("127.0.0.1");
    int service = Address.freePort("127.0.0.1");
    List<String> steps =
        Shell.blocks(ROOT.resolve("docs/tutorials/connect-tencent-meeting.md")).stream()
            .map(step -> step.replace("8090", String.valueOf(service)))
            .map(step -> step.replace(":8080", ":" + port))
            .toList();
    try (Shell terminal = new Shell(folder)) {
      terminal.run(steps.get(0));
      Live.until(
          "the simulator", () -> terminal.run("cat simulated.log").contains("Ctrl-C stops it."));
      // What it prints is what the tutorial writes down.
      String printed = terminal.run("cat simulated.log");
      terminal.run(steps.get(1));
      assertThat(terminal.run("cat plenary.yaml").lines().map(String::strip))
          .allSatisfy(line -> assertThat(printed).contains(line));
      start(terminal, steps.get(2), port);
      Live.until(
          "events to be taken", () -> terminal.run("cat simulated.log").contains("from now on"));
      assertThat(terminal.run(steps.get(3)))
          .contains("\"state\":\"scheduled\"", "\"code\":\"", "\"simulated\":true");
      assertThat(terminal.run(steps.get(4))).contains("simulation");
      Live.until("the meeting", () -> terminal.run(steps.get(5)).contains("\"state\":\"live\""));
      Live.until("captions", () -> terminal.run(steps.get(6)).contains("diálogo sobre el agua"));
      assertThat(terminal.run(steps.get(7))).contains("\"state\":\"ended\"");
    }
  }

  @Test
  void captionsOfTheTutorialAreReadInThreeLanguages() throws IOException {
    needs("python3");
    needs("curl");
    int port = Address.freePort("127.0.0.1");
    List<String> steps =
        Shell.blocks(ROOT.resolve("docs/tutorials/captions-in-your-language.md")).stream()
            .map(step -> step.replace(":8080", ":" + port))
            .toList();
    try (Shell terminal = new Shell(folder)) {
      start(terminal, steps.get(0), port);
      assertThat(terminal.run(steps.get(1))).contains("\"simulated\":true");
      assertThat(terminal.run(steps.get(2))).contains("simulation");
      String captions = steps.get(3);
      Live.until("Spanish", () -> terminal.run(captions).contains("su propio idioma"));
      String english = captions.replace("language=es", "language=en");
      assertThat(terminal.run(english)).contains("in their own language");
      assertThat(terminal.run(steps.get(4)))
          .contains("\"language\":\"es\"", "\"title\":\"Simulated voice\"", "\"simulated\":true");
      assertThat(terminal.run(steps.get(5))).contains("\"state\":\"ended\"");
      assertThat(terminal.run(steps.get(6)))
          .startsWith("WEBVTT")
          .contains("dialogue sur l'eau", " --> ");
    }
  }

  private static List<String> titles(Rest member, String group) {
    return member
        .get("/api/v1/conversations/" + group + "/entries?limit=100")
        .good()
        .getJsonArray("entries")
        .stream()
        .map(entry -> ((JsonObject) entry).getJsonObject("body"))
        .filter(body -> body != null && body.getValue("card") instanceof JsonObject)
        .map(
            body ->
                body.getJsonObject("card")
                    .getJsonObject("main_title", new JsonObject())
                    .getString("title", ""))
        .toList();
  }

  private static List<String> texts(JsonArray entries) {
    return entries.stream()
        .map(entry -> (JsonObject) entry)
        .filter(entry -> entry.getString("kind").equals("message.posted"))
        .map(entry -> entry.getJsonObject("body").getString("text"))
        .toList();
  }
}
