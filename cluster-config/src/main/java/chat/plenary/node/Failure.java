package chat.plenary.node;

/** Why a command cannot be carried out: one paragraph for the person who typed it. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the process ends with where something went wrong. */
  static final int FAILED = 1;

  /** What the process ends with where the command line or the configuration is wrong. */
  static final int USAGE = 2;

  private final int code;

  private Failure(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** Something could not be done. */
  static Failure of(String message) {
    return new Failure(FAILED, message);
  }

  /** The command line or the configuration is wrong. */
  static Failure usage(String message) {
    return new Failure(USAGE, message);
  }

  /** What the process is to end with; not 0. */
  int code() {
    return code;
  }
}
