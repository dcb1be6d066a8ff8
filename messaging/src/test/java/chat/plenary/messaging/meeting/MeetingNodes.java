package chat.plenary.messaging.meeting;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.Features;
import chat.plenary.messaging.SlowStore;
import chat.plenary.messaging.log.VertxTimers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Meetings at two nodes over one log, and a store before which a test may put something.
 *
 * @param assembly one of them, and what both share
 * @param other the meetings of the other
 */
public record MeetingNodes(SlowStore store, Assembly assembly, Meetings other)
    implements AutoCloseable {
  public static MeetingNodes open(Path directory, Clock clock, MeetingSettings settings)
      throws Exception {
    AtomicReference<SlowStore> around = new AtomicReference<>();
    Assembly assembly =
        Assembly.open(
                directory,
                embedded -> {
                  around.set(new SlowStore(embedded));
                  return around.get();
                },
                clock,
                Features.none().with(settings))
            .start();
    SlowStore store = around.get();
    Meetings other =
        new Meetings(
            assembly.chat.log(),
            store,
            assembly.chat.access(),
            assembly.chat.messages(),
            assembly.chat.signals(),
            new VertxTimers(assembly.vertx, clock),
            settings);
    return new MeetingNodes(store, assembly, other);
  }

  @Override
  public void close() throws Exception {
    other.close();
    assembly.close();
  }
}
