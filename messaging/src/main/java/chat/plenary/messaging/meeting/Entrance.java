package chat.plenary.messaging.meeting;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A way into a meeting.
 *
 * @param url the link of one member; never to be shown to another, never to be stored
 * @param expires until when it lets them in; null where that is not known
 */
public record Entrance(URI url, @Nullable Instant expires) {
  /** Without the link, which may hold a token. */
  @Override
  public String toString() {
    return "Entrance[" + expires + "]";
  }
}
