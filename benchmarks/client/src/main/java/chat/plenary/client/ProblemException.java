package chat.plenary.client;

/** The server said no, or it is not known what it did ({@link Problem#unknown()}). */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.name() + (problem.detail() == null ? "" : ": " + problem.detail()));
    this.problem = problem;
  }

  ProblemException(Problem problem, Throwable cause) {
    super(problem.name() + (problem.detail() == null ? "" : ": " + problem.detail()), cause);
    this.problem = problem;
  }

  /** What the server said. */
  public Problem problem() {
    return problem;
  }
}
