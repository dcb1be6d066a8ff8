package chat.plenary.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Outbox outbox = new Outbox(10);
  private final List<String> sent = new ArrayList<>();

  private CompletableFuture<Accepted> post(String ref) {
    return outbox.add("g", ref, ref);
  }

  private void done(String ref, long seq) {
    outbox.done(new Accepted("g", ref, seq, seq, null));
  }

  @Test
  void whatIsPostedBeforeThereIsAConnectionIsSentInOrderLater() {
    post("a");
    post("b");
    outbox.connected(64, sent::add);
    post("c");
    assertThat(sent).containsExactly("a", "b", "c");
  }

  @Test
  void noMoreThanTheServerAllowsIsUnansweredAtOnce() {
    outbox.connected(2, sent::add);
    post("a");
    post("b");
    post("c");
    assertThat(sent).containsExactly("a", "b");
    done("a", 1);
    assertThat(sent).containsExactly("a", "b", "c");
  }

  @Test
  void whatWasNotAnsweredIsSentAgainInOrderOnTheNextConnection() {
    outbox.connected(64, sent::add);
    CompletableFuture<Accepted> a = post("a");
    post("b");
    post("c");
    done("b", 2);
    outbox.disconnected();
    sent.clear();
    outbox.connected(64, sent::add);
    assertThat(sent).containsExactly("a", "c");
    done("a", 1);
    assertThat(a.join().seq()).isEqualTo(1);
  }

  @Test
  void afterAnUnknownTheOldestGoesAloneUntilNoneIsLeft() {
    outbox.connected(64, sent::add);
    post("a");
    post("b");
    assertThat(outbox.again("g", "a")).isPositive();
    assertThat(outbox.again("g", "b")).isNegative();
    post("c");
    sent.clear();
    outbox.rested("g");
    assertThat(sent).containsExactly("a");
    done("a", 1);
    assertThat(sent).containsExactly("a", "b");
    done("b", 2);
    assertThat(sent).containsExactly("a", "b", "c");
  }

  @Test
  void anUnknownInOneConversationHoldsNoOtherUp() {
    outbox.connected(64, sent::add);
    post("a");
    outbox.again("g", "a");
    outbox.add("other", "x", "x");
    assertThat(sent).containsExactly("a", "x");
  }

  @Test
  void aRefusalSettles() {
    outbox.connected(64, sent::add);
    CompletableFuture<Accepted> a = post("a");
    outbox.refused("g", "a", Problem.of("not-found", 404, "None."));
    assertThat(a).isCompletedExceptionally();
    assertThat(outbox.unsettled()).isZero();
  }

  @Test
  void aFullOutboxTakesNoMore() {
    for (int i = 0; i < 10; i++) {
      assertThat(post("r" + i)).isNotCompletedExceptionally();
    }
    assertThat(post("one more")).isCompletedExceptionally();
  }

  @Test
  void whatIsLeftWhenItClosesIsUnknown() {
    CompletableFuture<Accepted> a = post("a");
    outbox.close(Problem.of("unknown", 503, "Closed."));
    assertThat(a.handle((done, failure) -> Problems.of(failure).unknown()).join()).isTrue();
  }
}
