package chat.plenary.integrations.route;

/** What is wrong with a file of routes. */
final class RouteProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  /**
   * A problem.
   *
   * @param line from 1, or 0 where it is not known
   */
  RouteProblem(int line, String message) {
    super(message, null, false, false);
    this.line = line;
  }

  int line() {
    return line;
  }
}
