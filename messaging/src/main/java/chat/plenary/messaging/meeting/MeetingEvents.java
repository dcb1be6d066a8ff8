package chat.plenary.messaging.meeting;

import io.vertx.core.Future;

/** Where providers tell what happens in meetings. */
public interface MeetingEvents {
  /**
   * Takes an event. The same event again changes nothing; one of a meeting that is not known is
   * taken and forgotten.
   *
   * @param provider the provider's name
   * @return succeeds when it is durable: only then the provider is told that it was taken
   */
  Future<Void> take(String provider, MeetingEvent event);
}
