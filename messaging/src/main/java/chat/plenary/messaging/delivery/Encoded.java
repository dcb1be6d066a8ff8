package chat.plenary.messaging.delivery;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;

/** JSON as the bytes of one whole, unmasked WebSocket text frame (RFC 6455, section 5.2). */
final class Encoded {
  private static final int FINAL_TEXT = 0x81;

  private Encoded() {}

  static byte[] text(JsonObject json) {
    byte[] payload = json.toBuffer().getBytes();
    int length = payload.length;
    ByteBuffer frame = ByteBuffer.allocate(length + (length < 126 ? 2 : length < 65_536 ? 4 : 10));
    frame.put((byte) FINAL_TEXT);
    if (length < 126) {
      frame.put((byte) length);
    } else if (length < 65_536) {
      frame.put((byte) 126).putShort((short) length);
    } else {
      frame.put((byte) 127).putLong(length);
    }
    return frame.put(payload).array();
  }
}
