package chat.plenary.integrations.meeting.wire;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.meeting.Aftermath;
import chat.plenary.messaging.meeting.MeetingPlan;
import chat.plenary.messaging.meeting.MeetingProvider;
import chat.plenary.messaging.meeting.Room;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * Meetings of a service that makes a room when somebody goes in. Until then a room is a name alone,
 * and the service is told of no plan and of no change to it. It pushes no captions.
 */
public abstract class NamedRooms implements MeetingProvider {
  private final String name;
  private final String title;

  /** A provider by its name and title. */
  protected NamedRooms(String name, String title) {
    this.name = name;
    this.title = title;
  }

  /** What the service calls the room of a meeting: always the same. */
  protected abstract String room(MeetingPlan plan);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String title() {
    return title;
  }

  @Override
  public final boolean simulated() {
    return false;
  }

  @Override
  public final Future<Room> create(MeetingPlan plan) {
    return Future.succeededFuture(new Room(room(plan), null, new JsonObject()));
  }

  @Override
  public final Future<Room> change(Room room, MeetingPlan plan) {
    return Future.succeededFuture(room);
  }

  @Override
  public final Future<Void> captions(Room room, boolean on) {
    return Future.failedFuture(Fault.of(Fault.Code.INVALID, title + " pushes no captions."));
  }

  @Override
  public Future<Aftermath> after(Room room) {
    return Future.succeededFuture(Aftermath.none());
  }
}
