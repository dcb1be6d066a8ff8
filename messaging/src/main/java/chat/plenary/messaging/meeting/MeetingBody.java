package chat.plenary.messaging.meeting;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.ConversationJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a meeting's card says. It holds nothing by which anybody gets in but the code. */
final class MeetingBody {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH);

  private MeetingBody() {}

  /** The card of a meeting as it stands. */
  static MessageBody of(MeetingRow row) {
    return new MessageBody.Meeting(text(row), json(row));
  }

  /** The meeting in the form of the protocol. */
  static JsonObject json(MeetingRow row) {
    return new JsonObject()
        .put("id", row.id())
        .put("title", row.title())
        .put("organiser", row.organiser().value())
        .put("start", ConversationJson.time(row.start()))
        .put("end", ConversationJson.time(row.end()))
        .put("zone", row.zone().getId())
        .put("recurrence", recurrence(row))
        .put("languages", new JsonArray(row.languages()))
        .put(
            "provider",
            new JsonObject()
                .put("name", row.provider())
                .put("title", row.providerTitle())
                .put("simulated", Bson.flag(row.document(), "ps"))
                .put("captions", Bson.flag(row.document(), "pc")))
        .put("code", Bson.text(row.document(), "cd"))
        .put("state", row.state().text())
        .put("problem", row.problem());
  }

  /** When it is, for people, by the organiser's clock. */
  static String when(MeetingRow row) {
    return DAY.format(row.start().atZone(row.zone())) + " (" + row.zone().getId() + ")";
  }

  private static String text(MeetingRow row) {
    String text = row.title() + ", " + when(row);
    return switch (row.state()) {
      case CANCELLED, ENDED, FAILED -> text + ": " + row.state().text();
      case MAKING, SCHEDULED, LIVE -> text;
    };
  }

  private static @Nullable JsonObject recurrence(MeetingRow row) {
    MeetingPlan.Every every = row.every();
    return every == null
        ? null
        : new JsonObject()
            .put("every", every.name().toLowerCase(Locale.ROOT))
            .put("count", row.count());
  }
}
