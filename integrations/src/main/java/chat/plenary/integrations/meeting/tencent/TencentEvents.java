package chat.plenary.integrations.meeting.tencent;

import chat.plenary.integrations.meeting.wire.Loose;
import chat.plenary.messaging.meeting.MeetingEvent;
import chat.plenary.messaging.meeting.Participant;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What webhooks tell of meetings, as events of ours. What is of no interest is passed over. */
final class TencentEvents {
  private static final int MAX_PAYLOADS = 100;
  private static final int MAX_SENTENCES = 200;
  private static final int MAX_TRANSLATIONS = 20;
  private static final int MAX_TEXT = 4_000;

  /** Everybody left before the end by the plan: somebody may come back. */
  private static final long EMPTY_BEFORE_END = 3;

  private final boolean sameUserids;

  TencentEvents(boolean sameUserids) {
    this.sameUserids = sameUserids;
  }

  /**
   * Reads a webhook.
   *
   * @param now stands for the time of what names none
   */
  List<MeetingEvent> read(JsonObject envelope, Instant now) {
    List<MeetingEvent> events = new ArrayList<>();
    String event = Loose.text(envelope, "event");
    for (JsonObject payload : Loose.objects(envelope, "payload", MAX_PAYLOADS)) {
      JsonObject meeting = Loose.object(payload, "meeting_info");
      String external = Loose.text(meeting, "meeting_id", 128);
      Instant told = Loose.time(payload, "operate_time");
      Instant at = told == null ? now : told;
      if (event.startsWith("recording.") && external.isEmpty()) {
        external = Loose.text(Loose.object(payload, "record_info"), "meeting_id", 128);
      }
      if (!external.isEmpty()) {
        add(events, event, external, at, payload);
      }
    }
    return events;
  }

  private void add(
      List<MeetingEvent> events, String event, String external, Instant at, JsonObject payload) {
    switch (event) {
      case "meeting.started" -> events.add(new MeetingEvent.Started(external, at));
      case "meeting.end" -> {
        long type = Loose.number(payload, "meeting_end_type", 0);
        events.add(new MeetingEvent.Ended(external, at, type == EMPTY_BEFORE_END));
      }
      case "meeting.canceled" -> events.add(new MeetingEvent.Cancelled(external, at));
      case "meeting.participant-joined", "meeting.participant-left" -> {
        Participant who = People.of(Loose.object(payload, "operator"), sameUserids);
        if (who != null) {
          events.add(
              event.endsWith("joined")
                  ? new MeetingEvent.Joined(external, at, who)
                  : new MeetingEvent.Left(external, at, who));
        }
      }
      case "recording.completed", "recording.updated" ->
          events.add(new MeetingEvent.Ready(external, at));
      case "meeting.asr-push" -> said(events, external, at, payload);
      default -> {
        // Invitations, waiting rooms, screens: nothing that a group is told.
      }
    }
  }

  private void said(List<MeetingEvent> events, String external, Instant at, JsonObject payload) {
    // Meetings of a series count their sentences each for itself.
    String part = Loose.text(Loose.object(payload, "meeting_info"), "sub_meeting_id", 32);
    for (JsonObject sentence : Loose.objects(payload, "asr_content", MAX_SENTENCES)) {
      JsonObject content = Loose.object(sentence, "content");
      String sid = Loose.text(sentence, "sid", 64);
      String text = Loose.text(content, "text", MAX_TEXT).strip();
      Participant speaker = People.of(Loose.object(sentence, "speaker"), sameUserids);
      if (sid.isEmpty() || text.isEmpty()) {
        continue;
      }
      Instant spoken = Loose.time(sentence, "speech_time");
      List<MeetingEvent.Translation> translations = new ArrayList<>();
      for (JsonObject each : Loose.objects(content, "translate", MAX_TRANSLATIONS)) {
        String translated = Loose.text(each, "text", MAX_TEXT).strip();
        if (!translated.isEmpty()) {
          translations.add(new MeetingEvent.Translation(language(each), translated));
        }
      }
      events.add(
          new MeetingEvent.Said(
              external,
              spoken == null ? at : spoken,
              part.isEmpty() ? sid : part + "-" + sid,
              speaker == null ? new Participant("unknown", null, null, "Somebody") : speaker,
              language(content),
              text,
              translations,
              true));
    }
  }

  /** A BCP 47 tag; {@code und} where it says none. */
  private static String language(JsonObject json) {
    String tag = Loose.text(json, "language").replace('_', '-');
    return tag.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}") ? tag : "und";
  }
}
