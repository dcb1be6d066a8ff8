package chat.plenary.messaging.log;

import chat.plenary.messaging.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever listens to the log at this node: the live listeners, and of each lane the durable ones
 * with what they need not read again. What is done of a lane is done on its thread.
 */
final class Listeners {
  private static final Logger LOGGER = LoggerFactory.getLogger(Listeners.class);

  private final Lanes lanes;
  private final Store store;
  private final Timers timers;
  private final List<LiveListener> live = new ArrayList<>();
  private final List<DurableListener> durable = new ArrayList<>();
  private final List<List<Listening>> listening = new ArrayList<>();
  private final List<Recent> recent = new ArrayList<>();

  Listeners(Lanes lanes, Store store, Timers timers) {
    this.lanes = lanes;
    this.store = store;
    this.timers = timers;
    for (int i = 0; i < Log.LANES; i++) {
      listening.add(new ArrayList<>());
      recent.add(new Recent());
    }
  }

  void add(LiveListener listener) {
    live.add(listener);
  }

  void add(DurableListener listener) {
    durable.add(listener);
  }

  /** Gives each durable listener its place at each lane; it begins when it is woken. */
  void start() {
    for (int i = 0; i < Log.LANES; i++) {
      for (DurableListener listener : durable) {
        listening.get(i).add(new Listening(listener, i, lanes, recent.get(i), store, timers));
      }
    }
  }

  /** Entries were applied. */
  void applied(int lane, List<Applied> entries) {
    for (LiveListener listener : live) {
      try {
        listener.applied(lane, entries);
      } catch (RuntimeException e) {
        LOGGER.error("a listener failed at lane {}", lane, e);
      }
    }
    if (lanes.owns(lane)) {
      recent.get(lane).add(entries);
    }
    heard(lane);
    wake(lane);
  }

  /** What all of its durable listeners have heard is held no longer. */
  void heard(int lane) {
    recent
        .get(lane)
        .forget(
            lanes.owns(lane)
                ? listening.get(lane).stream()
                    .mapToLong(Listening::reached)
                    .min()
                    .orElse(Long.MAX_VALUE)
                : Long.MAX_VALUE);
  }

  void wake(int lane) {
    listening.get(lane).forEach(Listening::wake);
  }
}
