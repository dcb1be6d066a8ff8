package chat.plenary.messaging.meeting;

import chat.plenary.messaging.id.AccountId;
import io.vertx.core.Future;
import java.util.List;

/** Who is told what is said in meetings: the door to captions. */
@FunctionalInterface
public interface Hearing {
  /**
   * Something was said. The same event may come again, late, and in any order.
   *
   * @param meeting the meeting as it stands
   * @return succeeds when it is durable, or may be forgotten: only then the provider is told that
   *     it was taken
   */
  Future<Void> said(Meeting meeting, MeetingEvent.Said said);

  /**
   * The languages into which somebody interprets in a meeting, as its organiser named them.
   *
   * @return BCP 47 tags; empty for whoever is no interpreter
   */
  default Future<List<String>> interprets(Meeting meeting, AccountId account) {
    return Future.succeededFuture(List.of());
  }
}
