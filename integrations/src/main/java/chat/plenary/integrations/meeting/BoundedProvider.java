package chat.plenary.integrations.meeting;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.meeting.Aftermath;
import chat.plenary.messaging.meeting.Guest;
import chat.plenary.messaging.meeting.MeetingPlan;
import chat.plenary.messaging.meeting.MeetingProvider;
import chat.plenary.messaging.meeting.Room;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a provider to what the door promises: every call ends in time and fails only in words for
 * people. What goes wrong otherwise is a defect: it is logged by its kind alone, since its message
 * may hold what is secret.
 */
final class BoundedProvider implements MeetingProvider {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedProvider.class);
  private static final int SECONDS = 14;

  private final MeetingProvider provider;

  BoundedProvider(MeetingProvider provider) {
    this.provider = provider;
  }

  @Override
  public String name() {
    return provider.name();
  }

  @Override
  public String title() {
    return provider.title();
  }

  @Override
  public boolean simulated() {
    return provider.simulated();
  }

  @Override
  public Set<Capability> capabilities() {
    return provider.capabilities();
  }

  @Override
  public Future<Room> create(MeetingPlan plan) {
    return bounded("create", Fault.Code.UNKNOWN, () -> provider.create(plan));
  }

  @Override
  public Future<Room> change(Room room, MeetingPlan plan) {
    return bounded("change", Fault.Code.UNKNOWN, () -> provider.change(room, plan));
  }

  @Override
  public Future<Void> cancel(Room room) {
    return bounded("cancel", Fault.Code.UNKNOWN, () -> provider.cancel(room));
  }

  @Override
  public Future<Void> end(Room room) {
    return bounded("end", Fault.Code.UNKNOWN, () -> provider.end(room));
  }

  @Override
  public Future<URI> link(Room room, MeetingPlan plan, Guest guest) {
    return bounded("link", Fault.Code.UNAVAILABLE, () -> provider.link(room, plan, guest));
  }

  @Override
  public @Nullable Duration linkLasts() {
    return provider.linkLasts();
  }

  @Override
  public Future<Void> captions(Room room, boolean on) {
    return bounded("captions", Fault.Code.UNKNOWN, () -> provider.captions(room, on));
  }

  @Override
  public Future<Aftermath> after(Room room) {
    return bounded("after", Fault.Code.UNAVAILABLE, () -> provider.after(room));
  }

  private <T> Future<T> bounded(String what, Fault.Code late, Supplier<Future<T>> call) {
    Future<T> begun;
    try {
      begun = call.get();
    } catch (RuntimeException e) {
      begun = Future.failedFuture(e);
    }
    return begun
        .timeout(SECONDS, TimeUnit.SECONDS)
        .recover(failure -> Future.failedFuture(told(what, late, failure)));
  }

  private Fault told(String what, Fault.Code late, Throwable failure) {
    if (failure instanceof Fault fault) {
      return fault;
    }
    if (failure instanceof TimeoutException) {
      return Fault.of(late, title() + " gave no answer in " + SECONDS + " s.");
    }
    StackTraceElement[] stack = failure.getStackTrace();
    LOG.error(
        "{} of meeting provider {} failed: {} at {}",
        what,
        name(),
        failure.getClass().getName(),
        stack.length == 0 ? "?" : stack[0]);
    return Fault.of(late, title() + " could not be asked.");
  }
}
