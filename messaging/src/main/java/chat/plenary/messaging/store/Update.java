package chat.plenary.messaging.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * A change of one document, by {@code _id}, under equality preconditions. It never creates a
 * document: where one may not exist yet, insert first and update on a duplicate, since servers tell
 * the race of an upsert differently.
 *
 * <p>Changes are atomic together. Field names are top-level or dotted paths into sub-documents;
 * every field is named by at most one change.
 *
 * @param id the document's {@code _id}
 * @param expected values that fields must have for the update to match; {@link BsonNull} also
 *     matches a missing field
 * @param set fields to set
 * @param unset fields to remove
 * @param inc integers to add; a missing field counts as 0
 * @param max values that a field is raised to where it is smaller or missing
 */
public record Update(
    String id,
    Map<String, BsonValue> expected,
    Map<String, BsonValue> set,
    List<String> unset,
    Map<String, Long> inc,
    Map<String, BsonValue> max) {

  public Update {
    expected = new LinkedHashMap<>(expected);
    set = new LinkedHashMap<>(set);
    unset = List.copyOf(unset);
    inc = new LinkedHashMap<>(inc);
    max = new LinkedHashMap<>(max);
  }

  /** An update of the document with this {@code _id} that changes nothing yet. */
  public static Update of(String id) {
    return new Update(id, Map.of(), Map.of(), List.of(), Map.of(), Map.of());
  }

  /** The same, only if {@code field} has this value. */
  public Update expect(String field, BsonValue value) {
    return new Update(id, with(expected, field, value), set, unset, inc, max);
  }

  /** The same, only if {@code field} has this value. */
  public Update expect(String field, String value) {
    return expect(field, new BsonString(value));
  }

  /** The same, only if {@code field} has this value. */
  public Update expect(String field, long value) {
    return expect(field, new BsonInt64(value));
  }

  /** The same, and sets {@code field}. */
  public Update set(String field, BsonValue value) {
    return new Update(id, expected, with(set, field, value), unset, inc, max);
  }

  /** The same, and sets {@code field}. */
  public Update set(String field, String value) {
    return set(field, new BsonString(value));
  }

  /** The same, and sets {@code field}. */
  public Update set(String field, long value) {
    return set(field, new BsonInt64(value));
  }

  /** The same, and removes {@code field}. */
  public Update unset(String field) {
    var more = new ArrayList<>(unset);
    more.add(field);
    return new Update(id, expected, set, more, inc, max);
  }

  /** The same, and adds {@code by} to {@code field}. */
  public Update inc(String field, long by) {
    return new Update(id, expected, set, unset, with(inc, field, by), max);
  }

  /** The same, and raises {@code field} to {@code value} where it is smaller or missing. */
  public Update max(String field, BsonValue value) {
    return new Update(id, expected, set, unset, inc, with(max, field, value));
  }

  /** The same, and raises {@code field} to {@code value} where it is smaller or missing. */
  public Update max(String field, long value) {
    return max(field, new BsonInt64(value));
  }

  private static <V> Map<String, V> with(Map<String, V> map, String field, V value) {
    var more = new LinkedHashMap<>(map);
    more.put(field, value);
    return more;
  }
}
