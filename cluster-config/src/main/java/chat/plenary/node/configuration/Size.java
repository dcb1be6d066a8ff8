package chat.plenary.node.configuration;

import org.jspecify.annotations.Nullable;

/**
 * An amount of memory.
 *
 * @param bytes not negative
 */
public record Size(long bytes) implements Comparable<Size> {
  public Size {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is not negative");
    }
  }

  /** A size as settings write it, such as {@code 20 MiB}; null where it is none. */
  public static @Nullable Size parse(String text) {
    return (Size) Values.amount(Size.class, text);
  }

  @Override
  public int compareTo(Size other) {
    return Long.compare(bytes, other.bytes);
  }
}
