package chat.plenary.messaging.meeting;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.log.Entry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A remark that a meeting begins soon. It is an entry of the group like any other: it stands once,
 * whichever node writes it, and whoever follows the group's entries is told of it once.
 */
public final class Reminder {
  private static final String REF = "reminder/";

  private Reminder() {}

  /**
   * The id of the meeting of which an entry reminds its group; null where it is no reminder.
   *
   * @param organisation the group's organisation, in whose own name reminders are posted
   */
  public static @Nullable String meeting(OrganisationId organisation, Entry entry) {
    if (!entry.ref().startsWith(REF) || !entry.sender().equals(AccountId.service(organisation))) {
      return null;
    }
    String rest = entry.ref().substring(REF.length());
    int end = rest.indexOf('/');
    return end < 0 ? null : rest.substring(0, end);
  }

  /** One an occurrence, and one more each time that the meeting was moved. */
  static String ref(MeetingRow row, long minutes) {
    long moved = row.number("mv");
    String ref = REF + row.id() + "/" + row.occurrence() + "/" + minutes;
    return moved == 0 ? ref : ref + "/" + moved;
  }

  static String text(MeetingRow row, Instant now) {
    long minutes = Math.round(Duration.between(now, row.start()).toSeconds() / 60.0);
    String when =
        minutes < 1
            ? " begins now: "
            : " begins in " + minutes + (minutes == 1 ? " minute: " : " minutes: ");
    return row.title() + when + MeetingBody.when(row) + ".";
  }
}
