package chat.plenary.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Frames that were read and wait until the one before them is dealt with, which takes long where
 * history must be fetched first. Reading goes on meanwhile, so that what the server wrote does not
 * lie in a socket for as long; beyond a bound it stops, which slows the server, who ends the
 * connection in time. Safe for threads; frames are dealt with one at a time and in order.
 */
final class Backlog {
  static final int MAX_FRAMES = 1_000;
  static final int MAX_CHARS = 4 << 20;

  private record Waiting(Frame frame, int chars) {}

  private final Function<Frame, @Nullable CompletionStage<?>> dealer;
  private final Consumer<String> broken;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int chars;
  private boolean over;

  /** Completes when nothing is dealt with any more. */
  private CompletableFuture<@Nullable Void> dealt = CompletableFuture.completedFuture(null);

  /** Completes when there is room again; null while there is. */
  private @Nullable CompletableFuture<@Nullable Void> room;

  /**
   * None yet.
   *
   * @param dealer deals with a frame; null when that is done
   * @param broken is told why a frame could not be dealt with; nothing is dealt with after it, so
   *     that no cursor passes over what was not told
   */
  Backlog(Function<Frame, @Nullable CompletionStage<?>> dealer, Consumer<String> broken) {
    this.dealer = dealer;
    this.broken = broken;
  }

  /** The next frame. Null, or what completes when a further one may come. */
  @Nullable CompletionStage<?> add(Frame frame, int length) {
    boolean idle;
    synchronized (this) {
      if (over) {
        return null;
      }
      waiting.add(new Waiting(frame, length));
      chars += length;
      idle = dealt.isDone();
      if (idle) {
        dealt = new CompletableFuture<>();
      }
    }
    if (idle) {
      deal();
    }
    synchronized (this) {
      if (room == null && isFull()) {
        room = new CompletableFuture<>();
      }
      return room;
    }
  }

  private boolean isFull() {
    return waiting.size() >= MAX_FRAMES || chars >= MAX_CHARS;
  }

  /** Drops what waits; completes when nothing is dealt with any more. */
  CompletionStage<?> end() {
    CompletableFuture<@Nullable Void> last;
    CompletableFuture<@Nullable Void> full;
    synchronized (this) {
      over = true;
      waiting.clear();
      chars = 0;
      last = dealt;
      full = room;
      room = null;
    }
    if (full != null) {
      full.complete(null);
    }
    return last;
  }

  private void deal() {
    for (Waiting next = next(); next != null; next = next()) {
      CompletionStage<?> stage;
      try {
        stage = dealer.apply(next.frame());
      } catch (RuntimeException e) {
        fail("the listener failed: " + e);
        return;
      }
      if (stage != null && !stage.toCompletableFuture().isDone()) {
        stage.whenComplete((done, failure) -> dealt(failure));
        return;
      }
      if (stage != null && stage.toCompletableFuture().isCompletedExceptionally()) {
        fail("history could not be fetched");
        return;
      }
    }
  }

  private void dealt(@Nullable Throwable failure) {
    if (failure == null) {
      deal();
    } else {
      fail("history could not be fetched: " + failure);
    }
  }

  private void fail(String why) {
    end();
    // Nothing waits any more: this tells whoever waits for the end.
    next();
    broken.accept(why);
  }

  private @Nullable Waiting next() {
    CompletableFuture<@Nullable Void> ended = null;
    CompletableFuture<@Nullable Void> freed = null;
    Waiting next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        ended = dealt;
      } else {
        chars -= next.chars();
      }
      if (room != null && !isFull()) {
        freed = room;
        room = null;
      }
    }
    if (freed != null) {
      freed.complete(null);
    }
    if (ended != null) {
      ended.complete(null);
    }
    return next;
  }
}
