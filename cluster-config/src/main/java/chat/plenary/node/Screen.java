package chat.plenary.node;

import chat.plenary.messaging.account.Secret;
import chat.plenary.node.configuration.Configuration;
import chat.plenary.node.demo.DemoFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one screen that a node shows when it has started: on standard output, in plain ASCII. */
final class Screen {
  private static final int NAMED = 6;

  private final Configuration configuration;
  private final Address address;

  Screen(Configuration configuration, Address address) {
    this.configuration = configuration;
    this.address = address;
  }

  /**
   * Shows where to point the browser.
   *
   * @param demo what there is to try out, or null
   * @param setUp the token of the set-up link, or null where the server is set up
   */
  void show(@Nullable JsonObject demo, @Nullable Secret setUp) {
    StringBuilder screen = new StringBuilder("\n");
    if (setUp != null) {
      screen
          .append(
              "  Plenary has started, and has no organisation yet. Set yours up here; the link is good once,\n")
          .append("  for whoever has it:\n\n    ")
          .append(address.publicUrl())
          .append("/setup#")
          .append(setUp.text())
          .append("\n");
    } else {
      screen.append("  Plenary has started:  ").append(address.publicUrl()).append("\n");
    }
    if (demo != null) {
      demo(screen, demo, file(demo));
    }
    screen.append("\n  Data:     ").append(store()).append("\n");
    if (configuration.cluster().on()) {
      screen.append("  Cluster:  ").append(configuration.cluster().name()).append("\n");
    }
    if (address.isOpen() && configuration.publicUrl() == null) {
      screen.append(
          "  Note:     browsers on other machines need --public-url with the address that they use.\n");
    }
    if (address.isOpen() && demo != null) {
      screen.append("  Note:     this demonstration can be reached from other machines.\n");
    }
    screen.append("\n  Ctrl-C stops it.\n");
    System.out.println(screen);
  }

  /** Programs find the same in a file. */
  private Path file(JsonObject demo) {
    try {
      return DemoFile.write(configuration.data(), DemoFile.of(demo, address.publicUrl()));
    } catch (IOException e) {
      throw Failure.of("demo.json cannot be written: " + e.getMessage() + ".");
    }
  }

  private static void demo(StringBuilder screen, JsonObject demo, Path file) {
    JsonArray users = demo.getJsonArray("users");
    List<String> userids =
        users.stream().map(user -> ((JsonObject) user).getString("userid")).toList();
    screen
        .append("\n  Sign in as  ")
        .append(userids.stream().limit(NAMED).collect(Collectors.joining(", ")))
        .append(userids.size() > NAMED ? " (and " + (userids.size() - NAMED) + " more)" : "")
        .append("\n  Password    ")
        .append(users.getJsonObject(0).getString("password"))
        .append("\n  ")
        .append(userids.get(0))
        .append(" owns the organisation. For programs: ")
        .append(file)
        .append("\n");
  }

  private String store() {
    return configuration.mongodbUri() == null
        ? configuration.data().resolve("store").toString()
        : "MongoDB";
  }
}
