package chat.plenary.messaging.gateway;

import chat.plenary.messaging.http.Problem;

/** A request that HTTP alone refuses, before any endpoint sees it. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  Refusal(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
