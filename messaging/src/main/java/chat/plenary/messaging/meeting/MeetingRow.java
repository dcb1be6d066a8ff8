package chat.plenary.messaging.meeting;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A meeting's row, as {@code docs/schema.md} lays it out. Immutable: {@link #with} makes another.
 *
 * @param document not to be changed
 */
record MeetingRow(BsonDocument document) {

  // ---- reading

  String id() {
    return text("_id");
  }

  OrganisationId organisation() {
    return new OrganisationId(text("o"));
  }

  ConversationId conversation() {
    return new ConversationId(text("c"));
  }

  AccountId organiser() {
    return new AccountId(text("by"));
  }

  String title() {
    return text("t");
  }

  MeetingState state() {
    return MeetingState.of(text("s"));
  }

  @Nullable String problem() {
    return Bson.text(document, "pb");
  }

  List<String> languages() {
    return Bson.strings(document, "lg");
  }

  ZoneId zone() {
    return ZoneId.of(text("z"));
  }

  Duration length() {
    return Duration.ofMinutes(number("mi"));
  }

  MeetingPlan.@Nullable Every every() {
    String every = Bson.text(document, "ev");
    return every == null ? null : MeetingPlan.Every.valueOf(every.toUpperCase(Locale.ROOT));
  }

  /** How many occurrences there are in all. */
  int count() {
    return (int) Bson.number(document, "cnt", 1);
  }

  /** The number of the present or next occurrence. */
  int occurrence() {
    return (int) Bson.number(document, "num", 1);
  }

  Series series() {
    return new Series(time("an"), (int) Bson.number(document, "bs", 1), zone(), every(), count());
  }

  /** When the present or next occurrence begins. */
  Instant start() {
    return series().start(occurrence());
  }

  Instant end() {
    return start().plus(length());
  }

  /** The version, which every change of the row moves. */
  long version() {
    return number("v");
  }

  /** The entry that is the card; 0 while there is none. */
  long seq() {
    return number("seq");
  }

  String provider() {
    return text("p");
  }

  String providerTitle() {
    return text("pt");
  }

  /** Whether the provider tells when a meeting begins and ends. */
  boolean eventful() {
    return Bson.flag(document, "pe");
  }

  @Nullable Room room() {
    String external = Bson.text(document, "x");
    if (external == null) {
      return null;
    }
    BsonDocument details = document.getDocument("d", new BsonDocument());
    return new Room(external, Bson.text(document, "cd"), Bson.json(details));
  }

  /** What the provider is to be asked for: of a series, the occurrences to come. */
  MeetingPlan plan() {
    MeetingPlan.Every every = every();
    int left = count() - occurrence() + 1;
    return new MeetingPlan(
        id(),
        title(),
        organiser(),
        text("bn"),
        start(),
        length(),
        zone(),
        every == null || left < 2 ? null : new MeetingPlan.Recurrence(every, left),
        languages());
  }

  /** The meeting as other features know it. */
  Meeting meeting() {
    return new Meeting(
        plan(),
        organisation(),
        conversation(),
        state(),
        provider(),
        providerTitle(),
        room(),
        occurrence(),
        state() == MeetingState.LIVE ? when("la") : null,
        seq());
  }

  boolean has(String name) {
    return document.containsKey(name);
  }

  String text(String name) {
    return Objects.requireNonNull(Bson.text(document, name), name);
  }

  long number(String name) {
    return Bson.number(document, name, 0);
  }

  Instant time(String name) {
    return Objects.requireNonNull(when(name), name);
  }

  @Nullable Instant when(String name) {
    return document.get(name) instanceof BsonDateTime at
        ? Instant.ofEpochMilli(at.getValue())
        : null;
  }

  // ---- changing

  MeetingRow with(String name, @Nullable BsonValue value) {
    BsonDocument more = document.clone();
    if (value == null) {
      more.remove(name);
    } else {
      more.put(name, value);
    }
    return new MeetingRow(more);
  }

  MeetingRow with(String name, @Nullable String value) {
    return with(name, value == null ? null : new BsonString(value));
  }

  MeetingRow with(String name, long value) {
    return with(name, new BsonInt64(value));
  }

  MeetingRow with(String name, @Nullable Instant value) {
    return with(name, value == null ? null : new BsonDateTime(value.toEpochMilli()));
  }

  MeetingRow without(String... names) {
    BsonDocument less = document.clone();
    for (String name : names) {
      less.remove(name);
    }
    return new MeetingRow(less);
  }

  MeetingRow with(MeetingState state) {
    return with("s", state.text());
  }

  MeetingRow with(Room room) {
    return with("x", room.external())
        .with("cd", room.code())
        .with("d", Bson.document(room.details()));
  }
}
