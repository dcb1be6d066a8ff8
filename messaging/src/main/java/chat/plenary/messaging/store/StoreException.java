package chat.plenary.messaging.store;

import org.jspecify.annotations.Nullable;

/** What went wrong at the store, as far as it is known. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is known of the operation that failed. */
  public enum Kind {
    /**
     * A unique key of the operation's document is taken. That document was not written by this
     * operation; what stood before it in a run was.
     */
    DUPLICATE,
    /**
     * Nothing is known: it may have happened, may happen later, or never. Only reading tells, and
     * only presence settles it. A read that failed so has simply not been answered.
     */
    UNKNOWN,
    /**
     * The store refused for a reason that repeating cannot mend (a document too large, a malformed
     * query). Nothing was written.
     */
    REFUSED,
    /**
     * The store was found damaged, shortened or of another format; it serves nothing more until an
     * operator acts.
     */
    DAMAGED
  }

  private final Kind kind;

  public StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What is known of the operation. */
  public Kind kind() {
    return kind;
  }

  /** Whether {@code failure} says that a unique key was taken. */
  public static boolean isDuplicate(Throwable failure) {
    return failure instanceof StoreException e && e.kind == Kind.DUPLICATE;
  }
}
