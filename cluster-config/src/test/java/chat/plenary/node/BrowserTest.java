package chat.plenary.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The browser client against real nodes, a sentence of {@code web/test} a test here. It needs Node,
 * {@code npm ci} in {@code web/test} and Chromium; a laptop without them skips it, CI fails.
 */
@Timeout(600)
class BrowserTest {
  private static final Path FOLDER = Path.of("../web/test").toAbsolutePath().normalize();
  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final long MOST_SECONDS = 300;

  @TempDir Path folder;

  /** These kill their node and start it again. */
  @TestFactory
  Stream<DynamicTest> aNodeOfItsOwn() throws Exception {
    return sentences(Map.of("NODE_OF_TESTS", command().encode()), "node.test.js");
  }

  /** What a newcomer sees of meetings, with the simulated service of the demonstration. */
  @TestFactory
  Stream<DynamicTest> aMeetingOfTheDemonstration() throws Exception {
    return sentences(Map.of("NODE_OF_TESTS", command().encode()), "demo-meeting.test.js");
  }

  /** Spoken into a microphone; and captions in English, heard in Spanish. */
  @TestFactory
  Stream<DynamicTest> aVoiceInAndOneOut() throws Exception {
    return sentences(
        Map.of("NODE_OF_TESTS", command().encode()), "microphone.test.js", "voice.test.js");
  }

  /** These take what the mock of the web module promises from a node. */
  @TestFactory
  Stream<DynamicTest> aNodeInsteadOfTheMock() throws Exception {
    try (NodeProcess node = NodeProcess.start(folder, "--demo")) {
      Map<String, String> place =
          Map.of(
              "PLENARY_BASE_URL", node.url(),
              "PLENARY_DEMO", folder.resolve("demo.json").toString());
      return sentences(
          place,
          "sign-in.test.js",
          "chat.test.js",
          "resume.test.js",
          "search.test.js",
          "past.test.js",
          "retention.test.js");
    }
  }

  /** How to run a node, up to its arguments. */
  private static JsonArray command() {
    return new JsonArray()
        .add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .add("-Xmx256m")
        .add("-XX:+UseSerialGC")
        .add("-XX:TieredStopAtLevel=1")
        .add("--add-opens")
        .add("java.base/java.lang=ALL-UNNAMED")
        .add("-cp")
        .add(System.getProperty("java.class.path"))
        .add(Main.class.getName());
  }

  private Stream<DynamicTest> sentences(Map<String, String> variables, String... files)
      throws IOException, InterruptedException {
    needs(onThePath("node"), "node on the PATH");
    needs(Files.exists(FOLDER.resolve("node_modules/playwright-core")), "npm ci in web/test");
    needs(chromium(), "Chromium");
    List<String> lines = run(variables, files);
    List<JsonObject> told =
        lines.stream()
            .filter(line -> line.startsWith("{"))
            .map(JsonObject::new)
            .filter(one -> one.containsKey("name"))
            .toList();
    assertThat(told).as("what the runner said: %s", lines).isNotEmpty();
    return told.stream().map(one -> dynamicTest(one.getString("name"), () -> judge(one)));
  }

  private static void judge(JsonObject one) {
    assumeTrue(!one.containsKey("skipped"), one.getString("skipped", ""));
    if (one.containsKey("error")) {
      fail(one.getString("error"));
    }
  }

  private static List<String> run(Map<String, String> variables, String... files)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile("plenary-browser-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                "node", "--test", "--test-concurrency=1", "--test-reporter=./reporter.js")
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.command().addAll(List.of(files));
    builder.environment().keySet().removeIf(name -> name.startsWith("PLENARY_"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        fail("Not done within " + MOST_SECONDS + " s: " + Files.readString(said, UTF_8));
      }
      return Files.readAllLines(said, UTF_8);
    } finally {
      // Asked first: it takes its browser and its node with it.
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      Files.delete(said);
    }
  }

  private static void needs(boolean there, String what) {
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("CI needs %s", what).isTrue();
    }
    assumeTrue(there, "There is no " + what);
  }

  private static boolean onThePath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  private static boolean chromium() {
    String named = System.getenv("CHROMIUM");
    return (named != null && Files.exists(Path.of(named)))
        || BROWSERS.stream().anyMatch(path -> Files.exists(Path.of(path)));
  }
}
