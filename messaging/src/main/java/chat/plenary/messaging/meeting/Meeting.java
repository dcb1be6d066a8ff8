package chat.plenary.messaging.meeting;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A meeting as it stands, as features need it that build on meetings.
 *
 * @param plan what the group agreed on; of a series, the plan of the occurrences to come
 * @param organisation whose it is
 * @param conversation the group that meets
 * @param state how it stands
 * @param provider the name of who holds it
 * @param providerTitle what people call it
 * @param room the meeting as its provider knows it; null before it was made
 * @param occurrence the number of the present or next occurrence, from 1
 * @param began when the present occurrence began; null while it does not go on
 * @param seq the entry that is its card; 0 while there is none
 */
public record Meeting(
    MeetingPlan plan,
    OrganisationId organisation,
    ConversationId conversation,
    MeetingState state,
    String provider,
    String providerTitle,
    @Nullable Room room,
    int occurrence,
    @Nullable Instant began,
    long seq) {

  /** Its id. */
  public String id() {
    return plan.id();
  }

  /** Who called it. */
  public AccountId organiser() {
    return plan.organiser();
  }
}
