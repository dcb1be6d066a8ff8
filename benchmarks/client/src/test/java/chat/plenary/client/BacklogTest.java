package chat.plenary.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private final List<String> begun = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private final List<CompletableFuture<Void>> slow = new ArrayList<>();
  private final Backlog backlog = new Backlog(this::deal, broken::add);

  /** Who is named slow takes until the test says that it is done. */
  private @Nullable CompletionStage<?> deal(Frame frame) {
    String name = ((Frame.Cursor) frame).cursor();
    if (name.equals("broken")) {
      throw new IllegalStateException(name);
    }
    begun.add(name);
    if (!name.startsWith("slow")) {
      return null;
    }
    CompletableFuture<Void> until = new CompletableFuture<>();
    slow.add(until);
    return until;
  }

  private @Nullable CompletionStage<?> add(String name) {
    return backlog.add(new Frame.Cursor(name), 10);
  }

  @Test
  void whatComesMeanwhileWaitsAndIsDealtWithInOrder() {
    assertThat(add("a")).isNull();
    assertThat(add("slow 1")).isNull();
    assertThat(add("b")).isNull();
    assertThat(add("slow 2")).isNull();
    assertThat(add("c")).isNull();
    assertThat(begun).containsExactly("a", "slow 1");
    slow.get(0).complete(null);
    assertThat(begun).containsExactly("a", "slow 1", "b", "slow 2");
    slow.get(1).complete(null);
    assertThat(begun).containsExactly("a", "slow 1", "b", "slow 2", "c");
  }

  /** Else a cursor would be told that passes over it. */
  @Test
  void nothingIsDealtWithAfterWhatCouldNotBe() {
    add("slow");
    add("cursor");
    slow.get(0).completeExceptionally(new IllegalStateException("no node has it"));
    assertThat(begun).containsExactly("slow");
    assertThat(broken).hasSize(1);
    assertThat(broken.get(0)).contains("no node has it");
    assertThat(backlog.end().toCompletableFuture()).isDone();
  }

  @Test
  void beyondTheBoundNoMoreMayComeUntilThereIsRoom() {
    add("slow");
    CompletionStage<?> full = null;
    int added = 0;
    while (full == null) {
      full = add("after");
      added++;
    }
    assertThat(added).isEqualTo(Backlog.MAX_FRAMES);
    assertThat(full.toCompletableFuture()).isNotDone();
    slow.get(0).complete(null);
    assertThat(full.toCompletableFuture()).isDone();
    assertThat(begun).hasSize(1 + added);
    assertThat(add("later")).isNull();
  }

  @Test
  void aFewLargeFramesFillItToo() {
    add("slow");
    assertThat(backlog.add(new Frame.Cursor("large"), Backlog.MAX_CHARS)).isNotNull();
  }

  @Test
  void atTheEndWhatWaitsIsDroppedAndTheRestIsWaitedFor() {
    add("slow");
    add("waiting");
    CompletionStage<?> ended = backlog.end();
    assertThat(add("too late")).isNull();
    assertThat(ended.toCompletableFuture()).isNotDone();
    slow.get(0).complete(null);
    assertThat(ended.toCompletableFuture()).isDone();
    assertThat(begun).containsExactly("slow");
  }

  @Test
  void theEndLetsWhoWaitsForRoomGo() {
    add("slow");
    CompletionStage<?> full = backlog.add(new Frame.Cursor("large"), Backlog.MAX_CHARS);
    backlog.end();
    assertThat(full).isNotNull();
    assertThat(full.toCompletableFuture()).isDone();
  }

  @Test
  void whatTheListenerThrowsIsToldAndEndsIt() {
    add("a");
    add("broken");
    add("b");
    assertThat(broken).hasSize(1);
    assertThat(begun).containsExactly("a");
    assertThat(backlog.end().toCompletableFuture()).isDone();
  }
}
