package chat.plenary.messaging.account;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells on this node, as the organisations' logs are applied, who is to be silenced now. Whoever
 * opens a connection listens first and asks {@link Callers} afterwards, so that nothing falls
 * between the two.
 */
public final class Revocations {
  private final List<Consumer<Revoked>> listeners = new CopyOnWriteArrayList<>();

  /** Adds a listener. It is called on the thread of a lane and must not take time. */
  public void listen(Consumer<Revoked> listener) {
    listeners.add(listener);
  }

  /** Tells all listeners. For the package of organisations, which reads the entries. */
  public void tell(Revoked revoked) {
    for (Consumer<Revoked> listener : listeners) {
      listener.accept(revoked);
    }
  }
}
