package chat.plenary.lab.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** A server that was started here to be measured, in a process of its own. */
interface Target extends Closeable {
  String name();

  /**
   * What {@code ./plenary} tells the Java machine of a node, for Java's command line; it stands
   * beside the working directory, which is the top of the repository. All servers of Java get it.
   */
  static String javaOptions() {
    return "@" + Path.of("cluster-config", "deploy", "java.options").toAbsolutePath();
  }

  /** What it is and how it was set, for the report. */
  String about();

  /** The process; of several the first. */
  long pid();

  /** What it uses now, all its processes together. */
  default Usage usage() throws IOException {
    return Usage.of(pid());
  }

  InetSocketAddress address();

  /**
   * Makes people and groups.
   *
   * @param groups of each member the group's number
   */
  void prepare(int[] groups) throws Exception;

  /** Lets the server collect its garbage, where one can ask it to. */
  void collect() throws IOException, InterruptedException;

  /** The connection of a member; not made yet. */
  Seat seat(Member member);
}
