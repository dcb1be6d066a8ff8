package chat.plenary.integrations.camel;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.meeting.Reminder;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** What a consumer can be told of, by the names of the option {@code events}. */
enum Event {
  /** A message was posted. */
  MESSAGE,
  /** A message was edited. */
  EDIT,
  /** A message was recalled. */
  RECALL,
  /** Members came or went. */
  MEMBER,
  /** The group was made, or its name or settings changed. */
  GROUP,
  /** A meeting's card was posted, or changed. */
  MEETING,
  /** A caption was posted, or corrected. */
  CAPTION,
  /** The group was reminded of a meeting that begins soon. */
  REMINDER;

  /** The name in the option and in the header. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a list of names.
   *
   * @param names names with commas between them, or {@code all}
   */
  static Set<Event> parse(String names) {
    if (names.strip().equals("all")) {
      return EnumSet.allOf(Event.class);
    }
    Set<Event> events = EnumSet.noneOf(Event.class);
    for (String name : names.split(",", -1)) {
      try {
        events.add(valueOf(name.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "events must be all, or some of message, edit, recall, member, group, meeting, caption,"
                + " reminder: "
                + name.strip());
      }
    }
    return events;
  }

  /**
   * What an entry is; null for one that says nothing any more (it was recalled, or its retention
   * ended) and for kinds that nobody has a name for.
   *
   * @param organisation whose group it is
   */
  static @Nullable Event of(OrganisationId organisation, Entry entry) {
    BsonDocument body = entry.body();
    if (body == null) {
      return null;
    }
    return switch (entry.kind()) {
      case Kinds.POSTED ->
          Reminder.meeting(organisation, entry) == null ? of(body, MESSAGE) : REMINDER;
      case Kinds.EDITED -> of(said(entry.kind(), body), EDIT);
      case Kinds.RECALLED -> RECALL;
      case Kinds.MEMBERS -> MEMBER;
      case Kinds.CREATED, Kinds.CHANGED -> GROUP;
      default -> null;
    };
  }

  private static Event of(BsonDocument said, Event otherwise) {
    String type = Bson.text(said, "type");
    if ("meeting".equals(type)) {
      return MEETING;
    }
    return "caption".equals(type) ? CAPTION : otherwise;
  }

  /** The id of the meeting that a card, a caption or a reminder is about; null for all others. */
  static @Nullable String meeting(OrganisationId organisation, Entry entry) {
    String reminded = Reminder.meeting(organisation, entry);
    BsonDocument body = entry.body();
    if (reminded != null || body == null) {
      return reminded;
    }
    BsonDocument said = said(entry.kind(), body);
    return said.get("meeting") instanceof BsonDocument card
        ? Bson.text(card, "id")
        : "caption".equals(Bson.text(said, "type")) ? Bson.text(said, "meeting") : null;
  }

  /** The message body in an entry's body; empty where it has none. */
  static BsonDocument said(String kind, BsonDocument body) {
    return switch (kind) {
      case Kinds.POSTED -> body;
      case Kinds.EDITED ->
          body.get("body") instanceof BsonDocument said ? said : new BsonDocument();
      default -> new BsonDocument();
    };
  }
}
