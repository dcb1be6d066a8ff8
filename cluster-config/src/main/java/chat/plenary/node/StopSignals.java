package chat.plenary.node;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and SIGTERM: the first asks to stop in good order, a second one ends the process at once.
 *
 * <p>Java itself has only shutdown hooks, which cannot hear a second signal. The class that can is
 * no part of the standard library, though every JDK has it: it is looked up by its name, and where
 * it is missing a hook serves.
 */
final class StopSignals {
  private static final int INTERRUPTED = 130;

  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicBoolean asked = new AtomicBoolean();
  private final CountDownLatch done = new CountDownLatch(1);

  private StopSignals() {}

  /** Hears signals from now on. */
  static StopSignals listen() {
    StopSignals signals = new StopSignals();
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      signals.handle(name);
    }
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

  private void heard() {
    if (asked.getAndSet(true)) {
      Runtime.getRuntime().halt(INTERRUPTED);
    }
    stop.countDown();
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
                  heard();
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
      Runtime.getRuntime().addShutdownHook(new Thread(this::hook, "plenary-stop"));
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
