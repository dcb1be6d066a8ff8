package chat.plenary.messaging.meeting;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A meeting service of a test's own: it records what it was asked, and answers what the test wants,
 * when the test wants it.
 */
public final class RecordingProvider implements MeetingProvider {
  /** What was asked, such as {@code create Weekly dialogue}. */
  public final List<String> asked = new CopyOnWriteArrayList<>();

  /** The plans of what was created and changed. */
  public final List<MeetingPlan> plans = new CopyOnWriteArrayList<>();

  /** What it answers to anything, in place of doing it; null for well. */
  public volatile Function<String, Future<Void>> before = what -> Future.succeededFuture();

  /** What it tells when a meeting is over. */
  public volatile Aftermath aftermath = Aftermath.none();

  private final String name;
  private final Set<Capability> capabilities;

  public RecordingProvider(String name, Capability... capabilities) {
    this.name = name;
    this.capabilities = EnumSet.noneOf(Capability.class);
    this.capabilities.addAll(List.of(capabilities));
  }

  /** How often something was asked that begins so. */
  public long count(String what) {
    return asked.stream().filter(one -> one.startsWith(what)).count();
  }

  private Future<Void> ask(String what) {
    asked.add(what);
    return before.apply(what);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return "The " + name;
  }

  @Override
  public boolean simulated() {
    return true;
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public Future<Room> create(MeetingPlan plan) {
    plans.add(plan);
    long number = count("create") + 1;
    return ask("create " + plan.title())
        .map(v -> new Room("x" + number + "-" + plan.id(), "530 812 452", new JsonObject()));
  }

  @Override
  public Future<Room> change(Room room, MeetingPlan plan) {
    plans.add(plan);
    return ask("change " + plan.title()).map(v -> room);
  }

  @Override
  public Future<Void> cancel(Room room) {
    return ask("cancel " + room.external());
  }

  @Override
  public Future<Void> end(Room room) {
    return ask("end " + room.external());
  }

  @Override
  public Duration linkLasts() {
    return Duration.ofMinutes(10);
  }

  @Override
  public Future<URI> link(Room room, MeetingPlan plan, Guest guest) {
    return ask("link " + guest.userid() + (guest.host() ? " host" : ""))
        .map(
            v ->
                URI.create("https://meet.example.org/" + room.external() + "?u=" + guest.userid()));
  }

  @Override
  public Future<Void> captions(Room room, boolean on) {
    return ask("captions " + on);
  }

  @Override
  public Future<Aftermath> after(Room room) {
    return ask("after").map(v -> aftermath);
  }
}
