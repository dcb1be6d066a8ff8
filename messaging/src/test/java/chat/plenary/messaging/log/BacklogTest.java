package chat.plenary.messaging.log;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What waits: fair between conversations, in order within each. */
class BacklogTest {
  private final Backlog backlog = new Backlog();

  private static ConversationId room(int i) {
    return ConversationId.group(OrganisationId.of("home"), "room " + i);
  }

  private Waiting add(int room, int i) {
    Waiting one =
        new Waiting(
            LogFixture.command(room(room), "post", room + "." + i, "text"),
            new Meta.Mark(room + "." + i, "h", 10),
            "w",
            0);
    backlog.add(one);
    return one;
  }

  @Test
  void aBusyConversationDoesNotMakeTheOthersWait() {
    for (int i = 0; i < 1_000; i++) {
      add(0, i);
    }
    Waiting single = add(1, 0);
    List<Waiting> next = backlog.next(100);
    assertThat(next.subList(0, 100)).contains(single);
    assertThat(next).hasSizeLessThanOrEqualTo(400);
    assertThat(next.stream().filter(one -> one != single).map(one -> one.key).limit(3))
        .containsExactly("0.0", "0.1", "0.2");
  }

  @Test
  void ofManyConversationsAllGetTheirTurn() {
    for (int room = 0; room < 350; room++) {
      add(room, 0);
      add(room, 1);
    }
    Set<ConversationId> served = new HashSet<>();
    for (int round = 0; round < 4; round++) {
      backlog.next(100).subList(0, 100).forEach(one -> served.add(one.command.conversation()));
    }
    assertThat(served).hasSize(350);
  }

  @Test
  void whatIsRemovedIsFoundNoMore() {
    Waiting one = add(0, 0);
    Waiting other = add(0, 1);
    assertThat(backlog.inTurn(other)).isFalse();
    backlog.remove(one);
    backlog.remove(one);
    assertThat(backlog.size()).isEqualTo(1);
    assertThat(backlog.byKey(one.key)).isEmpty();
    assertThat(backlog.inTurn(other)).isTrue();
    backlog.remove(other);
    assertThat(backlog.isEmpty()).isTrue();
    assertThat(backlog.waitsOn(one.path)).isFalse();
  }
}
