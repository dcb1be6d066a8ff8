package chat.plenary.messaging.store.sim;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonType;
import org.bson.BsonValue;

/** The order of BSON values as MongoDB has it, for the types that documents here are made of. */
final class BsonOrder implements Comparator<BsonValue> {
  static final BsonOrder INSTANCE = new BsonOrder();

  /** Keys of an index: field by field, a prefix before what it is a prefix of. */
  static final Comparator<List<BsonValue>> KEYS = BsonOrder::compareKeys;

  private BsonOrder() {}

  /** Whether a range with a bound like {@code one} can hold {@code other} at all. */
  static boolean sameKind(BsonValue one, BsonValue other) {
    return rank(one.getBsonType()) == rank(other.getBsonType());
  }

  @Override
  public int compare(BsonValue one, BsonValue other) {
    int kind = Integer.compare(rank(one.getBsonType()), rank(other.getBsonType()));
    if (kind != 0) {
      return kind;
    }
    return switch (one.getBsonType()) {
      case INT32, INT64, DOUBLE, DECIMAL128 -> compareNumbers(one.asNumber(), other.asNumber());
      case STRING ->
          Arrays.compareUnsigned(
              one.asString().getValue().getBytes(StandardCharsets.UTF_8),
              other.asString().getValue().getBytes(StandardCharsets.UTF_8));
      case BOOLEAN -> one.asBoolean().compareTo(other.asBoolean());
      case DATE_TIME -> one.asDateTime().compareTo(other.asDateTime());
      case TIMESTAMP -> one.asTimestamp().compareTo(other.asTimestamp());
      case OBJECT_ID -> one.asObjectId().compareTo(other.asObjectId());
      case BINARY -> compareBinaries(one.asBinary(), other.asBinary());
      case DOCUMENT -> compareDocuments(one.asDocument(), other.asDocument());
      case ARRAY -> compareArrays(one.asArray(), other.asArray());
      case NULL, UNDEFINED, MIN_KEY, MAX_KEY -> 0;
      default -> throw new IllegalArgumentException("no order for " + one.getBsonType());
    };
  }

  private static int rank(BsonType type) {
    return switch (type) {
      case MIN_KEY -> 0;
      case UNDEFINED, NULL -> 1;
      case INT32, INT64, DOUBLE, DECIMAL128 -> 2;
      case STRING, SYMBOL -> 3;
      case DOCUMENT -> 4;
      case ARRAY -> 5;
      case BINARY -> 6;
      case OBJECT_ID -> 7;
      case BOOLEAN -> 8;
      case DATE_TIME -> 9;
      case TIMESTAMP -> 10;
      case REGULAR_EXPRESSION -> 11;
      case MAX_KEY -> 20;
      default -> 15;
    };
  }

  private static int compareNumbers(BsonNumber one, BsonNumber other) {
    boolean whole = isWhole(one) && isWhole(other);
    if (whole) {
      return Long.compare(one.longValue(), other.longValue());
    }
    double a = one.doubleValue();
    double b = other.doubleValue();
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Boolean.compare(!Double.isNaN(a), !Double.isNaN(b));
    }
    if (Double.isInfinite(a) || Double.isInfinite(b)) {
      return Double.compare(a, b);
    }
    return exact(one).compareTo(exact(other));
  }

  private static boolean isWhole(BsonNumber number) {
    return number.getBsonType() == BsonType.INT32 || number.getBsonType() == BsonType.INT64;
  }

  private static BigDecimal exact(BsonNumber number) {
    return switch (number.getBsonType()) {
      case INT32, INT64 -> BigDecimal.valueOf(number.longValue());
      case DOUBLE -> new BigDecimal(number.doubleValue());
      default -> number.decimal128Value().bigDecimalValue();
    };
  }

  private static int compareBinaries(BsonBinary one, BsonBinary other) {
    int length = Integer.compare(one.getData().length, other.getData().length);
    if (length != 0) {
      return length;
    }
    int type = Integer.compare(one.getType() & 0xff, other.getType() & 0xff);
    return type != 0 ? type : Arrays.compareUnsigned(one.getData(), other.getData());
  }

  private static int compareDocuments(BsonDocument one, BsonDocument other) {
    Iterator<Map.Entry<String, BsonValue>> left = one.entrySet().iterator();
    Iterator<Map.Entry<String, BsonValue>> right = other.entrySet().iterator();
    while (left.hasNext() && right.hasNext()) {
      var a = left.next();
      var b = right.next();
      int order =
          Integer.compare(rank(a.getValue().getBsonType()), rank(b.getValue().getBsonType()));
      order = order != 0 ? order : a.getKey().compareTo(b.getKey());
      order = order != 0 ? order : INSTANCE.compare(a.getValue(), b.getValue());
      if (order != 0) {
        return order;
      }
    }
    return Boolean.compare(left.hasNext(), right.hasNext());
  }

  private static int compareArrays(BsonArray one, BsonArray other) {
    return compareKeys(one.getValues(), other.getValues());
  }

  private static int compareKeys(List<BsonValue> one, List<BsonValue> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = INSTANCE.compare(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }
}
