package chat.plenary.node.configuration;

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

  @Override
  public int compareTo(Size other) {
    return Long.compare(bytes, other.bytes);
  }
}
