package chat.plenary.messaging.meeting;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.id.Ref;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to change of a meeting; null leaves a thing as it is.
 *
 * @param title 1 to 100 characters
 * @param start when it begins; of a series, the next occurrence and with it all after it
 * @param minutes 5 to 1,440
 * @param zone the zone in which a series repeats
 * @param languages tags, each once; at most 8
 */
public record MeetingChange(
    @Nullable String title,
    @Nullable Instant start,
    @Nullable Integer minutes,
    @Nullable ZoneId zone,
    @Nullable List<String> languages) {

  /**
   * Reads a request.
   *
   * @throws Fault naming the member that is wrong
   */
  public static MeetingChange read(Input in, Instant now) {
    in.parsed("ref", Ref.MAX_BYTES, Ref::new);
    String title = in.optionalParsed("title", 400, NewMeeting::title);
    Instant start = in.optionalParsed("start", 40, NewMeeting::time);
    Integer minutes =
        in.has("minutes")
            ? (int) in.number("minutes", NewMeeting.MIN_MINUTES, NewMeeting.MAX_MINUTES)
            : null;
    ZoneId zone = in.optionalParsed("zone", 64, NewMeeting::zone);
    List<String> languages =
        in.has("languages")
            ? Languages.distinct(
                in.texts("languages", Languages.MOST, Languages.MAX_TAG, Languages::tag))
            : null;
    in.end();
    if (start != null) {
      NewMeeting.soon("start", start, now);
    }
    return new MeetingChange(title, start, minutes, zone, languages);
  }

  /** The form in the row, while the provider is asked. */
  BsonDocument toBson() {
    BsonDocument change = new BsonDocument();
    put(change, "t", title == null ? null : new BsonString(title));
    put(change, "an", start == null ? null : new BsonDateTime(start.toEpochMilli()));
    put(change, "mi", minutes == null ? null : new BsonInt64(minutes));
    put(change, "z", zone == null ? null : new BsonString(zone.getId()));
    put(change, "lg", languages == null ? null : Bson.strings(languages));
    return change;
  }

  private static void put(BsonDocument change, String name, @Nullable BsonValue value) {
    if (value != null) {
      change.append(name, value);
    }
  }

  /**
   * A row as a change makes it.
   *
   * @param change in the form of the row
   * @param reminder how long before an occurrence its group is reminded
   */
  static MeetingRow applied(MeetingRow row, BsonDocument change, Duration reminder, Instant now) {
    Instant before = row.start();
    MeetingRow after = row;
    for (String name : change.keySet()) {
      if (!name.equals("an")) {
        after = after.with(name, change.get(name));
      }
    }
    Instant start = new MeetingRow(change).when("an");
    if (start != null ? !start.equals(before) : !after.zone().equals(row.zone())) {
      // The occurrences to come are reckoned anew, from the next one.
      after = after.with("an", start == null ? before : start).with("bs", row.occurrence());
    }
    if (!after.start().equals(before)) {
      boolean called = !after.start().minus(reminder).isAfter(now);
      after =
          after
              .with("rem", called ? row.occurrence() : row.occurrence() - 1L)
              .with("mv", row.number("mv") + 1);
    }
    return after.document().equals(row.document()) ? row : after;
  }
}
