package chat.plenary.lab.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A WebSocket client that looks at frames where they lie, without making anything of them. */
abstract class WebSocketWire extends Wire {
  private static final byte[] END = {'\r', '\n', '\r', '\n'};
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final byte[] request;
  private boolean upgraded;

  WebSocketWire(InetSocketAddress server, String path) {
    String text =
        "GET %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
            .formatted(path, server.getHostString(), server.getPort());
    request = text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The server speaks WebSocket now. */
  abstract void upgraded();

  /** A text frame, in an array that is used again afterwards. */
  abstract void frame(byte[] bytes, int from, int to);

  @Override
  final void connected() {
    upgraded = false;
    write(request);
  }

  /** Sends a text frame. The mask is zero, which leaves the bytes as they are. */
  final void send(byte[] payload) {
    send(TEXT, payload);
  }

  private void send(int opcode, byte[] payload) {
    int length = payload.length;
    ByteBuffer frame = ByteBuffer.allocate(length + 8);
    frame.put((byte) (0x80 | opcode));
    if (length < 126) {
      frame.put((byte) (0x80 | length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) length);
    }
    frame.putInt(0).put(payload).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    write(bytes);
  }

  @Override
  final int read(byte[] bytes, int from, int to) {
    int at = upgraded ? from : upgrade(bytes, from, to);
    while (upgraded && to - at >= 2) {
      int opcode = bytes[at] & 0x0f;
      int length = bytes[at + 1] & 0x7f;
      int head = length == 126 ? 4 : length == 127 ? 10 : 2;
      if (to - at < head) {
        return at;
      }
      for (int i = 2; i < head; i++) {
        length = i == 2 ? bytes[at + i] & 0xff : length << 8 | (bytes[at + i] & 0xff);
      }
      int begin = at + head;
      if (to - begin < length) {
        return at;
      }
      at = begin + length;
      if (opcode == TEXT) {
        frame(bytes, begin, at);
      } else if (opcode == PING) {
        send(PONG, new byte[0]);
      } else if (opcode == CLOSE) {
        close();
        lost("the server closed the connection");
        return to;
      }
    }
    return at;
  }

  /** Where the answer ends, if it is there. */
  private int upgrade(byte[] bytes, int from, int to) {
    int end = from;
    while (end + END.length <= to
        && !Arrays.equals(bytes, end, end + END.length, END, 0, END.length)) {
      end++;
    }
    if (end + END.length > to) {
      return from;
    }
    String answer = new String(bytes, from, end - from, StandardCharsets.US_ASCII);
    if (!answer.startsWith("HTTP/1.1 101")) {
      throw new IllegalStateException("The server answered " + answer);
    }
    upgraded = true;
    upgraded();
    return end + END.length;
  }
}
