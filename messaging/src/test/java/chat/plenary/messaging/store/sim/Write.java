package chat.plenary.messaging.store.sim;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A write under way: changes that land one after the other and are acknowledged when a majority has
 * them all. An ordered one ends at the first that is refused.
 */
final class Write {
  /** One change. */
  @FunctionalInterface
  interface Change {
    /**
     * Makes the change at the primary.
     *
     * @return the position of the change in the log, or 0 if nothing changed
     * @throws chat.plenary.messaging.store.StoreException if it was refused
     */
    long land();
  }

  /** How it went: a failure, or null when all is well. */
  private final Consumer<@Nullable RuntimeException> answer;

  private final String name;
  private final Iterator<Change> changes;
  private int left;
  private long last;
  private @Nullable RuntimeException failure;
  private boolean landed;
  private boolean cut;

  /**
   * @param left how many of the changes land before nothing more is heard of it, or less than 0 for
   *     all and an answer
   */
  Write(
      String name,
      List<? extends Change> changes,
      int left,
      Consumer<@Nullable RuntimeException> answer) {
    this.name = name;
    this.changes = List.<Change>copyOf(changes).iterator();
    this.left = left;
    this.answer = answer;
  }

  /** Takes the next change. Returns whether there are more to come. */
  boolean land() {
    if (left != 0 && changes.hasNext()) {
      left--;
      try {
        last = Math.max(last, changes.next().land());
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    cut = left == 0;
    return !cut && failure == null && changes.hasNext();
  }

  /** Whether it ended without an answer. */
  boolean cut() {
    return cut;
  }

  /** Its last position in the log so far, or 0. */
  long last() {
    return last;
  }

  /**
   * All of it was tried. One that changed nothing is acknowledged when a majority has what it
   * found, so that what it saw is not undone.
   */
  void landed(long applied) {
    landed = true;
    if (failure == null) {
      last = applied;
    }
  }

  boolean done(long committed) {
    return landed && last <= committed;
  }

  void answer() {
    answer.accept(failure);
  }

  /** An election undid some of it. */
  void undone() {
    answer.accept(SimulatedStore.unknown(name + ": another primary was elected"));
  }

  @Override
  public String toString() {
    return name;
  }
}
