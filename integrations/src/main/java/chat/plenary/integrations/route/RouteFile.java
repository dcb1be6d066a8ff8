package chat.plenary.integrations.route;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file and what became of it.
 *
 * @param name the file's name
 * @param state whether what it says runs
 * @param since since when it is so
 * @param organisation the organisation that what runs names; empty for none or several
 * @param routes ids of the routes that run
 * @param error what is wrong with it, or null
 * @param line where, or 0
 */
record RouteFile(
    String name,
    State state,
    Instant since,
    String organisation,
    List<String> routes,
    @Nullable String error,
    int line) {
  RouteFile {
    routes = List.copyOf(routes);
  }

  /** What became of a file. */
  enum State {
    /** What it says runs. */
    RUNNING("running"),
    /** It is bad; what it said last that was good runs. */
    LAST_GOOD("last-good"),
    /** It is bad, and nothing of it runs. */
    FAILED("failed");

    private final String text;

    State(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}
