package chat.plenary.lab.load;

import java.util.List;

/** The load generator's command line. */
public final class Load {
  private Load() {}

  /** Runs scenarios; the exit status. */
  public static int run(List<String> arguments) {
    System.err.println("There is no load scenario yet: " + arguments);
    return 2;
  }
}
