package chat.plenary.integrations.meeting.wire;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.meeting.MeetingEvent;
import io.vertx.core.Future;
import java.util.List;

/** What one meeting service posts to us: how it is verified, what it says, how it is answered. */
public interface Webhook {
  /**
   * Answers a GET, by which some services try an address.
   *
   * @throws Fault {@code UNAUTHENTICATED} when it is forged, {@code NOT_FOUND} where the service
   *     has no such check
   */
  Response check(Request request);

  /**
   * Verifies and reads a POST.
   *
   * @throws Fault {@code UNAUTHENTICATED} when it is forged, {@code INVALID} when it cannot be read
   */
  Notice read(Request request);

  /**
   * Keeps what is for the provider alone; to be durable before the service is answered.
   *
   * @return succeeds at once where there is nothing of that kind
   */
  default Future<Void> keep(Notice notice) {
    return Future.succeededFuture();
  }

  /** The answer to what was taken. */
  Response taken();

  /**
   * What was posted, after it was verified.
   *
   * @param id the service's own id of it, or a hash of it: the same again is the same
   * @param events what it tells; empty for what is of no interest
   * @param secret something for the provider alone, or an empty text
   */
  record Notice(String id, List<MeetingEvent> events, String secret) {
    public Notice {
      events = List.copyOf(events);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
      return "Notice " + id + ", " + events.size() + " events";
    }
  }
}
