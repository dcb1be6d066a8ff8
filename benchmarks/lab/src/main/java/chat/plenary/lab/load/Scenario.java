package chat.plenary.lab.load;

import java.util.List;
import java.util.function.Consumer;

/** Something that is measured. */
interface Scenario {
  String name();

  /** What is done, for the report. */
  String what();

  /** Whether it needs nothing but groups that messages are sent to. */
  boolean isForAll();

  /** Runs it against a server that was started for it alone. */
  void run(Target target, Settings settings, Consumer<Row> rows) throws Exception;

  /** All of them, in the order in which they are run. */
  static List<Scenario> all() {
    return List.of(
        Sending.group(500, 2_000),
        Sending.group(2_000, 400),
        Sending.group(9_999, 60),
        Sending.tens(100, 6_000),
        Sending.direct(500, 4_000),
        Sending.mix(500),
        new Reconnecting(),
        new Idling(),
        new Stalling(),
        Asking.sync(),
        Asking.history(),
        Asking.readers(),
        new Accepting(),
        Scaling.members(),
        Scaling.conversations(),
        Scaling.connections());
  }
}
