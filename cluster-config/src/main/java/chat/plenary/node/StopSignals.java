package chat.plenary.node;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C and SIGTERM: the first asks to stop in good order, the same one again ends the process at
 * once. (Not another one: a Ctrl-C in a terminal reaches a cluster for developers and each of its
 * nodes, and then the cluster asks its nodes by SIGTERM.)
 *
 * <p>Java itself has only shutdown hooks, which cannot hear a second signal. The class that can is
 * no part of the standard library, though every JDK has it: it is looked up by its name, and where
 * it is missing a hook serves.
 */
final class StopSignals {
  private static final int INTERRUPTED = 130;
  private static final String INTERRUPT = "INT";
  private static final String TERMINATE = "TERM";
  private static final String HANG_UP = "HUP";

  private final CountDownLatch stop = new CountDownLatch(1);
  private final Set<String> heard = ConcurrentHashMap.newKeySet();
  private final Set<String> stopping;
  private final CountDownLatch done = new CountDownLatch(1);

  private StopSignals(Set<String> stopping) {
    this.stopping = stopping;
  }

  /** Hears signals from now on. */
  static StopSignals listen() {
    return listen(Set.of(INTERRUPT, TERMINATE, HANG_UP));
  }

  /**
   * Hears signals from now on, for a process that another one ends when it needs it no more: one
   * Ctrl-C in the terminal that both belong to is not meant for it.
   */
  static StopSignals listenAsServant() {
    return listen(Set.of(TERMINATE));
  }

  private static StopSignals listen(Set<String> stopping) {
    StopSignals signals = new StopSignals(stopping);
    List.of(INTERRUPT, TERMINATE, HANG_UP).forEach(signals::handle);
    return signals;
  }

  /** Released by the first signal. */
  CountDownLatch stop() {
    return stop;
  }

  /** Tells that all is stopped: a hook that waits may let the process go. */
  void finished() {
    done.countDown();
  }

  private void heard(String name) {
    if (!heard.add(name)) {
      Runtime.getRuntime().halt(INTERRUPTED);
    }
    if (stopping.contains(name)) {
      stop.countDown();
    }
  }

  private void handle(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object heard =
          Proxy.newProxyInstance(
              StopSignals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  heard(name);
                  return null;
                }
                return switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> arguments != null && proxy == arguments[0];
                  default -> "StopSignals";
                };
              });
      Object which = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, which, heard);
    } catch (InvocationTargetException e) {
      // The Java machine keeps this signal for itself, or the system has none of this name.
      return;
    } catch (ReflectiveOperationException e) {
      if (name.equals(TERMINATE)) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::hook, "plenary-stop"));
      }
    }
  }

  private void hook() {
    stop.countDown();
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
