package chat.plenary.messaging.caption;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import java.time.Instant;
import java.util.List;

/**
 * A meeting, as far as captions need to know it.
 *
 * @param id {@code m} and 22 characters
 * @param conversation the group that meets
 * @param organisation the group's organisation
 * @param organiser who called the meeting
 * @param start when it began, or is to begin; times in exports count from there
 * @param languages the tags of the languages in which it can be followed
 * @param open whether it may be spoken in: scheduled or going on, neither over nor cancelled
 */
public record CaptionedMeeting(
    String id,
    ConversationId conversation,
    OrganisationId organisation,
    AccountId organiser,
    Instant start,
    List<String> languages,
    boolean open) {
  public CaptionedMeeting {
    languages = List.copyOf(languages);
  }
}
