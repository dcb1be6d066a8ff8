package chat.plenary.messaging.store;

import java.util.List;

/**
 * An ascending index.
 *
 * @param collection the collection's name
 * @param name the index's name, unique in the collection: its fields joined by {@code _}
 * @param fields 1 to 4 names of top-level fields, in order
 * @param unique whether no two documents may agree in all fields; a missing field counts as null
 */
public record Index(String collection, String name, List<String> fields, boolean unique) {
  public Index {
    if (fields.isEmpty() || fields.size() > 4) {
      throw new IllegalArgumentException("an index has 1 to 4 fields: " + fields);
    }
    fields = List.copyOf(fields);
  }

  /** A unique index over the given fields. */
  public static Index unique(String collection, String... fields) {
    return new Index(collection, String.join("_", fields), List.of(fields), true);
  }

  /** An index over the given fields that allows repetitions. */
  public static Index of(String collection, String... fields) {
    return new Index(collection, String.join("_", fields), List.of(fields), false);
  }
}
