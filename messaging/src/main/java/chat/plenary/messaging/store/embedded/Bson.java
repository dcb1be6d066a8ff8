package chat.plenary.messaging.store.embedded;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** Documents to bytes and back. */
final class Bson {
  private static final BsonDocumentCodec DOCUMENTS = new BsonDocumentCodec();
  private static final BsonValueCodec VALUES = new BsonValueCodec();
  private static final EncoderContext ENCODING = EncoderContext.builder().build();
  private static final DecoderContext DECODING = DecoderContext.builder().build();

  private Bson() {}

  static byte[] encode(BsonDocument document) {
    try (var out = new BasicOutputBuffer(512);
        var writer = new BsonBinaryWriter(out)) {
      DOCUMENTS.encode(writer, document, ENCODING);
      return out.toByteArray();
    }
  }

  static BsonDocument decode(byte[] bytes) {
    try (var reader = new BsonBinaryReader(ByteBuffer.wrap(bytes))) {
      return DOCUMENTS.decode(reader, DECODING);
    }
  }

  /** The named top-level fields alone, as far as they are there; passes over all others. */
  static Map<String, BsonValue> fields(byte[] bytes, Set<String> names) {
    var found = new HashMap<String, BsonValue>();
    try (var reader = new BsonBinaryReader(ByteBuffer.wrap(bytes))) {
      reader.readStartDocument();
      while (found.size() < names.size() && reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
        var name = reader.readName();
        if (names.contains(name)) {
          found.put(name, VALUES.decode(reader, DECODING));
        } else {
          reader.skipValue();
        }
      }
    }
    return found;
  }
}
