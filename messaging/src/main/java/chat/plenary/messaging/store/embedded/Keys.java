package chat.plenary.messaging.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.plenary.messaging.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bson.BsonValue;

/**
 * Keys whose bytes, compared without sign, sort as the port says that values sort. Each encoded
 * value ends by itself (none is the beginning of another), so values can follow each other and all
 * keys with the same leading values are one range.
 */
final class Keys {
  private static final byte META = 0;
  private static final byte DOCUMENT = 1;
  private static final byte ENTRY = 2;

  // The first byte of a value: its type's place in the order.
  private static final int NULL = 0x10;
  private static final int INTEGER = 0x20;
  private static final int STRING = 0x30;
  private static final int BINARY = 0x40;
  private static final int FALSE = 0x50;
  private static final int TRUE = 0x51;
  private static final int DATETIME = 0x60;

  private Keys() {}

  /** The key of something that the store notes of itself. */
  static byte[] meta(String name) {
    var bytes = name.getBytes(UTF_8);
    return ByteBuffer.allocate(1 + bytes.length).put(META).put(bytes).array();
  }

  /** What all documents of a collection begin with. */
  static byte[] documents(int collection) {
    return ByteBuffer.allocate(5).put(DOCUMENT).putInt(collection).array();
  }

  /** The key of a document. */
  static byte[] document(int collection, byte[] id) {
    return ByteBuffer.allocate(5 + id.length).put(DOCUMENT).putInt(collection).put(id).array();
  }

  /** The {@code _id} in a document's key. */
  static byte[] idOf(byte[] documentKey) {
    return Arrays.copyOfRange(documentKey, 5, documentKey.length);
  }

  /** What all entries of an index begin with. */
  static byte[] entries(int index) {
    return ByteBuffer.allocate(5).put(ENTRY).putInt(index).array();
  }

  /** {@code prefix} with one more value. */
  static byte[] with(byte[] prefix, BsonValue value) {
    var out = new ByteArrayOutputStream(prefix.length + 32);
    out.writeBytes(prefix);
    write(out, value);
    return out.toByteArray();
  }

  /** The key of an entry of an index that allows repetitions. */
  static byte[] repeatable(byte[] valuesPrefix, byte[] id) {
    return ByteBuffer.allocate(valuesPrefix.length + id.length + 2)
        .put(valuesPrefix)
        .put(id)
        .putShort((short) id.length)
        .array();
  }

  /** The {@code _id} in a key made by {@link #repeatable}. */
  static byte[] idOfRepeatable(byte[] key) {
    var end = key.length - 2;
    return Arrays.copyOfRange(key, end - ByteBuffer.wrap(key).getShort(end), end);
  }

  /** The first key beyond all that begin with {@code prefix}. */
  static byte[] beyond(byte[] prefix) {
    var next = prefix.clone();
    for (int i = next.length - 1; i >= 0; i--) {
      if (++next[i] != 0) {
        return Arrays.copyOf(next, i + 1);
      }
    }
    throw new IllegalArgumentException("nothing is beyond");
  }

  /** The first key beyond {@code key} itself. */
  static byte[] next(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  /** Where, after {@code prefix}, values of the type of {@code value} begin. */
  static byte[] typeFrom(byte[] prefix, BsonValue value) {
    var type = type(value);
    return with(prefix, (byte) (type == TRUE ? FALSE : type));
  }

  /** Where, after {@code prefix}, values of the type of {@code value} have ended. */
  static byte[] typeTo(byte[] prefix, BsonValue value) {
    var type = type(value);
    return with(prefix, (byte) ((type == FALSE ? TRUE : type) + 1));
  }

  /** Whether an index can hold the value. */
  static boolean holds(BsonValue value) {
    return switch (value.getBsonType()) {
      case NULL, INT32, INT64, STRING, BINARY, BOOLEAN, DATE_TIME -> true;
      default -> false;
    };
  }

  /** Compares two values in the port's order. */
  static int compare(BsonValue one, BsonValue other) {
    return Arrays.compareUnsigned(with(new byte[0], one), with(new byte[0], other));
  }

  private static byte[] with(byte[] prefix, byte last) {
    var longer = Arrays.copyOf(prefix, prefix.length + 1);
    longer[prefix.length] = last;
    return longer;
  }

  private static int type(BsonValue value) {
    return switch (value.getBsonType()) {
      case NULL -> NULL;
      case INT32, INT64 -> INTEGER;
      case STRING -> STRING;
      case BINARY -> BINARY;
      case BOOLEAN -> value.asBoolean().getValue() ? TRUE : FALSE;
      case DATE_TIME -> DATETIME;
      default ->
          throw new StoreException(
              StoreException.Kind.REFUSED,
              "an index holds null, integers, strings, binaries, booleans and datetimes, not a "
                  + value.getBsonType(),
              null);
    };
  }

  private static void write(ByteArrayOutputStream out, BsonValue value) {
    out.write(type(value));
    switch (value.getBsonType()) {
      case INT32, INT64 -> writeLong(out, value.asNumber().longValue());
      case DATE_TIME -> writeLong(out, value.asDateTime().getValue());
      case STRING -> writeString(out, value.asString().getValue().getBytes(UTF_8));
      case BINARY -> {
        var data = value.asBinary().getData();
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.write(value.asBinary().getType());
        out.writeBytes(data);
      }
      default -> {}
    }
  }

  private static void writeLong(ByteArrayOutputStream out, long value) {
    out.writeBytes(ByteBuffer.allocate(8).putLong(value ^ Long.MIN_VALUE).array());
  }

  /** A zero becomes 0 255 and the end 0 1, so that what is shorter sorts first. */
  private static void writeString(ByteArrayOutputStream out, byte[] bytes) {
    for (var b : bytes) {
      out.write(b);
      if (b == 0) {
        out.write(0xff);
      }
    }
    out.write(0);
    out.write(1);
  }
}
