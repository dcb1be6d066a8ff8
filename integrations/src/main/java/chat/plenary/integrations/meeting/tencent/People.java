package chat.plenary.integrations.meeting.tencent;

import chat.plenary.integrations.meeting.wire.Loose;
import chat.plenary.messaging.meeting.Participant;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** People as webhooks name them. */
final class People {
  private static final int MAX_ID = 128;
  private static final int MAX_NAME = 100;

  private People() {}

  /**
   * Somebody; null where nothing tells them from others. A userid is there for the enterprise's own
   * people only, so guests are known by what the platform calls them in this meeting.
   *
   * @param sameUserids whether the enterprise's userids are ours
   */
  static @Nullable Participant of(JsonObject json, boolean sameUserids) {
    String userid = Loose.text(json, "userid", MAX_ID);
    String external =
        Loose.first(
            Loose.text(json, "ms_open_id", MAX_ID),
            userid,
            Loose.text(json, "open_id", MAX_ID),
            Loose.text(json, "uuid", MAX_ID));
    if (external.isEmpty()) {
      return null;
    }
    String name = Loose.first(Loose.text(json, "user_name"), Loose.text(json, "nickname"));
    return new Participant(
        external, sameUserids && !userid.isEmpty() ? userid : null, null, name(name));
  }

  /** A name of 1 to 100 characters without control characters. */
  static String name(String name) {
    String plain = name.replaceAll("\\p{Cntrl}+", " ").strip();
    if (plain.isEmpty()) {
      return "Guest";
    }
    int points = plain.codePointCount(0, plain.length());
    return points <= MAX_NAME ? plain : plain.substring(0, plain.offsetByCodePoints(0, MAX_NAME));
  }
}
