package chat.plenary.messaging.meeting;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is of a meeting that is over.
 *
 * @param attendance who took part, as the provider knows, at most 10,000
 * @param links recordings and transcripts, at most 50
 */
public record Aftermath(List<Attendance> attendance, List<Link> links) {
  public Aftermath {
    attendance = List.copyOf(attendance);
    links = List.copyOf(links);
  }

  /** Nothing. */
  public static Aftermath none() {
    return new Aftermath(List.of(), List.of());
  }

  /**
   * Somebody's time in a meeting.
   *
   * @param participant who
   * @param joined when they came
   * @param left when they went, or null where that is not known
   */
  public record Attendance(Participant participant, Instant joined, @Nullable Instant left) {}

  /**
   * Where to see what is left of a meeting.
   *
   * @param kind {@code recording} or {@code transcript}
   * @param title what it is called
   * @param url where it is; http or https
   * @param expires until when the link is good, or null
   */
  public record Link(String kind, String title, URI url, @Nullable Instant expires) {}
}
