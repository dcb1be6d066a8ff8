package chat.plenary.node;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bson.BsonArray;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * Makes a freshly started {@code mongod} a replica set of one member, by one command of MongoDB's
 * protocol (OP_MSG). It is here so that nothing but the store's adapter needs the driver.
 */
final class ReplicaSet {
  private static final int OP_MSG = 2013;
  private static final int HEADER = 16;
  private static final int TIMEOUT_MS = 10_000;
  private static final int LARGEST_ANSWER = 1 << 20;

  /** The server's code for "this has been done". */
  private static final int ALREADY = 23;

  private ReplicaSet() {}

  static void initiate(int port, String name) {
    BsonDocument member =
        new BsonDocument("_id", new BsonInt32(0))
            .append("host", new BsonString("127.0.0.1:" + port));
    BsonDocument set =
        new BsonDocument("_id", new BsonString(name))
            .append("members", new BsonArray(java.util.List.of(member)));
    BsonDocument command =
        new BsonDocument("replSetInitiate", set).append("$db", new BsonString("admin"));
    try {
      BsonDocument answer = send(port, command);
      boolean done = answer.getNumber("ok").intValue() == 1;
      if (!done && answer.getNumber("code", new BsonInt32(0)).intValue() != ALREADY) {
        throw Failure.of("mongod does not become a replica set: " + answer.toJson() + ".");
      }
    } catch (IOException e) {
      throw Failure.of("mongod does not answer: " + e.getMessage() + ".");
    }
  }

  private static BsonDocument send(int port, BsonDocument command) throws IOException {
    BasicOutputBuffer out = new BasicOutputBuffer();
    new BsonDocumentCodec()
        .encode(new BsonBinaryWriter(out), command, EncoderContext.builder().build());
    byte[] document = out.toByteArray();
    ByteBuffer message =
        ByteBuffer.allocate(HEADER + 5 + document.length).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(message.capacity()).putInt(1).putInt(0).putInt(OP_MSG);
    message.putInt(0).put((byte) 0).put(document);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write(message.array());
      return answer(new DataInputStream(socket.getInputStream()));
    }
  }

  private static BsonDocument answer(DataInputStream in) throws IOException {
    int length = Integer.reverseBytes(in.readInt());
    if (length < HEADER + 5 || length > LARGEST_ANSWER) {
      throw new IOException("it answers with what is no message of MongoDB");
    }
    byte[] rest = new byte[length - 4];
    in.readFully(rest);
    ByteBuffer document = ByteBuffer.wrap(rest, HEADER - 4 + 5, rest.length - (HEADER - 4 + 5));
    return new BsonDocumentCodec()
        .decode(
            new BsonBinaryReader(document.slice().order(ByteOrder.LITTLE_ENDIAN)),
            DecoderContext.builder().build());
  }
}
