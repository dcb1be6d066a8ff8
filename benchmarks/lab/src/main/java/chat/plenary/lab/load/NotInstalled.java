package chat.plenary.lab.load;

import java.io.IOException;

/** A server of others is not on this machine: it is left out, which fails nothing. */
final class NotInstalled extends IOException {
  private static final long serialVersionUID = 1L;

  private final String what;

  NotInstalled(String what) {
    super(what);
    this.what = what;
  }

  /** What is lacking, and how to get it. */
  String what() {
    return what;
  }
}
