package chat.plenary.messaging.meeting;

import java.time.Instant;
import java.util.List;

/**
 * What a provider tells of a meeting. Events come twice, late and in any order; each says enough to
 * be taken so.
 */
public sealed interface MeetingEvent {
  /** The provider's id of the meeting ({@link Room#external}). */
  String external();

  /** When it happened, by the provider's clock. */
  Instant at();

  /** It goes on. */
  record Started(String external, Instant at) implements MeetingEvent {}

  /**
   * It is over.
   *
   * @param mayReopen whether somebody may come back (everybody left before the end by the plan)
   */
  record Ended(String external, Instant at, boolean mayReopen) implements MeetingEvent {}

  /** It was cancelled at the provider. */
  record Cancelled(String external, Instant at) implements MeetingEvent {}

  /** Somebody came. */
  record Joined(String external, Instant at, Participant participant) implements MeetingEvent {}

  /** Somebody went. */
  record Left(String external, Instant at, Participant participant) implements MeetingEvent {}

  /** Recordings or transcripts are there, as {@link MeetingProvider#after} tells. */
  record Ready(String external, Instant at) implements MeetingEvent {}

  /**
   * Something was said.
   *
   * @param key the provider's name of the sentence; later ones of the same key replace it
   * @param speaker who spoke
   * @param language the language, a BCP 47 tag
   * @param text what was said so far
   * @param translations what the provider translated
   * @param complete whether the sentence is over
   */
  record Said(
      String external,
      Instant at,
      String key,
      Participant speaker,
      String language,
      String text,
      List<Translation> translations,
      boolean complete)
      implements MeetingEvent {
    public Said {
      translations = List.copyOf(translations);
    }
  }

  /** A translation of what was said. */
  record Translation(String language, String text) {}
}
