package chat.plenary.messaging.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * An equality prefix of an index plus, on its next field, one range or one {@code $in}; in that
 * field's order, limited. The fields of {@code equal} and then {@code field} are the leading fields
 * of one {@link Index} of the collection, or {@code field} is {@code _id} and {@code equal} is
 * empty. Whoever pages repeats the query from the last value seen: where several documents may
 * share one value of {@code field}, the index must go on to a field that tells them apart and the
 * caller asks for whole values.
 *
 * @param collection the collection's name
 * @param equal leading fields and their values, in the order of the index; may be empty
 * @param field the field that the range or {@code in} is on, and that the order is by
 * @param from the lower bound, or null for none
 * @param fromInclusive whether the lower bound itself belongs to the range
 * @param to the upper bound, or null for none
 * @param toInclusive whether the upper bound itself belongs to the range
 * @param in the values to look for, at most 1,000, or null; excludes {@code from} and {@code to}
 * @param descending whether the order is turned round
 * @param limit 1 to {@value Store#MAX_FOUND}
 */
public record Query(
    String collection,
    Map<String, BsonValue> equal,
    String field,
    @Nullable BsonValue from,
    boolean fromInclusive,
    @Nullable BsonValue to,
    boolean toInclusive,
    @Nullable List<BsonValue> in,
    boolean descending,
    int limit) {

  public Query {
    if (limit < 1 || limit > Store.MAX_FOUND) {
      throw new IllegalArgumentException("limit must be 1 to " + Store.MAX_FOUND + ": " + limit);
    }
    if (in != null && (from != null || to != null)) {
      throw new IllegalArgumentException("a query has a range or a list of values, not both");
    }
    equal = new LinkedHashMap<>(equal);
    in = in == null ? null : List.copyOf(in);
  }

  /**
   * All documents of the collection in the order of {@code field}; narrow it with the other
   * methods.
   */
  public static Query in(String collection, String field) {
    return new Query(collection, Map.of(), field, null, false, null, false, null, false, 100);
  }

  /** The same with one more leading field fixed. */
  public Query where(String name, BsonValue value) {
    var more = new LinkedHashMap<>(equal);
    more.put(name, value);
    return new Query(
        collection, more, field, from, fromInclusive, to, toInclusive, in, descending, limit);
  }

  /** The same with one more leading field fixed to a string. */
  public Query where(String name, String value) {
    return where(name, new BsonString(value));
  }

  /** The same with one more leading field fixed to a number. */
  public Query where(String name, long value) {
    return where(name, new BsonInt64(value));
  }

  /** The same from beyond {@code value}. */
  public Query after(BsonValue value) {
    return new Query(
        collection, equal, field, value, false, to, toInclusive, in, descending, limit);
  }

  /** The same from {@code value} on. */
  public Query from(BsonValue value) {
    return new Query(collection, equal, field, value, true, to, toInclusive, in, descending, limit);
  }

  /** The same up to but without {@code value}. */
  public Query before(BsonValue value) {
    return new Query(
        collection, equal, field, from, fromInclusive, value, false, in, descending, limit);
  }

  /** The same up to and with {@code value}. */
  public Query upTo(BsonValue value) {
    return new Query(
        collection, equal, field, from, fromInclusive, value, true, in, descending, limit);
  }

  /** The same for the given values of the field only. */
  public Query anyOf(List<BsonValue> values) {
    return new Query(collection, equal, field, null, false, null, false, values, descending, limit);
  }

  /** The same, last first. */
  public Query reversed() {
    return new Query(
        collection, equal, field, from, fromInclusive, to, toInclusive, in, !descending, limit);
  }

  /** The same with another limit. */
  public Query limit(int most) {
    return new Query(
        collection, equal, field, from, fromInclusive, to, toInclusive, in, descending, most);
  }
}
