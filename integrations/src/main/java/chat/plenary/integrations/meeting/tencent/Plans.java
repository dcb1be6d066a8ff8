package chat.plenary.integrations.meeting.tencent;

import chat.plenary.messaging.meeting.MeetingPlan;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/** A plan as the API takes it. */
final class Plans {
  private static final int PC = 1;

  private Plans() {}

  /**
   * The body of a create.
   *
   * @param mark what stands as the place of the meeting, by which it is found again
   */
  static JsonObject create(MeetingPlan plan, String userid, String mark, Instant now) {
    boolean instant = plan.recurrence() == null && !plan.start().isAfter(now);
    return plan(plan, userid)
        .put("type", instant ? 1 : 0)
        .put("location", mark)
        .put(
            "settings",
            new JsonObject()
                .put("allow_in_before_host", true)
                .put("auto_asr", !plan.languages().isEmpty())
                .put("allow_multi_device", true));
  }

  /** The body of a change: what it does not name stays. */
  static JsonObject change(MeetingPlan plan, String userid) {
    return plan(plan, userid);
  }

  private static JsonObject plan(MeetingPlan plan, String userid) {
    JsonObject body =
        new JsonObject()
            .put("userid", userid)
            .put("instanceid", PC)
            .put("subject", plan.title())
            .put("start_time", seconds(plan.start()))
            .put("end_time", seconds(plan.end()))
            .put("time_zone", plan.zone().getId());
    MeetingPlan.Recurrence recurrence = plan.recurrence();
    if (recurrence != null) {
      body.put("meeting_type", 1)
          .put(
              "recurring_rule",
              new JsonObject()
                  .put("recurring_type", type(recurrence.every()))
                  .put("until_type", 1)
                  .put("until_count", recurrence.count()));
    }
    return body;
  }

  /** Times are texts of seconds; a plan that began within its length ago begins then. */
  static String seconds(Instant time) {
    return Long.toString(time.getEpochSecond());
  }

  private static int type(MeetingPlan.Every every) {
    return switch (every) {
      case DAY -> 0;
      case WEEKDAY -> 1;
      case WEEK -> 2;
      case FORTNIGHT -> 3;
      case MONTH -> 4;
    };
  }

  /** How long before now meetings are looked through when one is looked for. */
  static boolean sameTime(String seconds, Instant time) {
    try {
      Duration apart = Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), time);
      return apart.abs().compareTo(Duration.ofMinutes(1)) < 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
