package chat.plenary.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * The tests of the client that need Node and a browser (see {@code docs/web-client.md}): each of
 * their sentences is a test here. A laptop without the two skips them by name; in CI they must be
 * there.
 */
class ClientInNodeTest {
  private static final Path FOLDER = Path.of("test").toAbsolutePath();
  private static final long MOST_SECONDS = 1_200;
  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  @Test
  @Timeout(MOST_SECONDS)
  void theClientHasNoTypeErrors() throws Exception {
    needs(onThePath("node"), "node on the PATH");
    needs(Files.exists(FOLDER.resolve("node_modules/typescript")), "npm ci in web/test");

    List<String> said = new ArrayList<>();
    int code = run(said, "node_modules/typescript/bin/tsc", "--project", ".");

    assertThat(said).isEmpty();
    assertThat(code).isZero();
  }

  @TestFactory
  @Timeout(MOST_SECONDS)
  Stream<DynamicTest> sentences() throws Exception {
    needs(onThePath("node"), "node on the PATH");
    needs(Files.exists(FOLDER.resolve("node_modules/playwright-core")), "npm ci in web/test");
    needs(chromium(), "Chromium");
    List<String> said = new ArrayList<>();
    List<String> arguments = new ArrayList<>(List.of("--test", "--test-reporter=./reporter.js"));
    arguments.addAll(files());
    int code = run(said, arguments.toArray(String[]::new));

    List<Told> told = said.stream().map(Told::read).toList();
    assertThat(told).as("what the runner said: %s", said).isNotEmpty();
    assertThat(code == 0).isEqualTo(told.stream().allMatch(one -> one.error() == null));
    return told.stream().map(one -> dynamicTest(one.name(), one::judge));
  }

  /** Named one by one: left alone, Node takes every script of a folder called test for one. */
  private static List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".test.js"))
          .sorted()
          .toList();
    }
  }

  /**
   * A test as the reporter tells it.
   *
   * @param skipped why, or null
   * @param error what failed, or null
   */
  private record Told(String name, @Nullable String skipped, @Nullable String error) {
    static Told read(String line) {
      String name = member(line, "name");
      // What is no result of a test is something that went wrong around them.
      return name == null
          ? new Told("output: " + line, null, line.contains("\"output\"") ? null : line)
          : new Told(name, member(line, "skipped"), member(line, "error"));
    }

    void judge() {
      assumeTrue(skipped == null, skipped);
      if (error != null) {
        fail(error);
      }
    }

    /** The value of a member of one flat JSON object. */
    private static @Nullable String member(String json, String name) {
      Matcher found = Pattern.compile("\"" + name + "\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
      return found.find()
          ? found.group(1).replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\")
          : null;
    }
  }

  private static int run(List<String> said, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      lines.lines().forEach(said::add);
    }
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail("Not done within " + MOST_SECONDS + " s: " + command);
    }
    return process.exitValue();
  }

  private static void needs(boolean there, String what) {
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("CI needs %s", what).isTrue();
    }
    assumeTrue(there, "There is no " + what);
  }

  private static boolean onThePath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static boolean chromium() {
    String named = System.getenv("CHROMIUM");
    return (named != null && Files.exists(Path.of(named)))
        || BROWSERS.stream().anyMatch(path -> Files.exists(Path.of(path)));
  }
}
