package chat.plenary.client;

import java.util.concurrent.CompletionException;

/** What went wrong, whatever wraps it. */
final class Problems {
  private Problems() {}

  static Problem of(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof ProblemException problem
        ? problem.problem()
        : Problem.of("unknown", 503, cause.toString());
  }
}
