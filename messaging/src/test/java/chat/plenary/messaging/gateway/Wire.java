package chat.plenary.messaging.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A bare connection, for what no client library would send. */
final class Wire implements AutoCloseable {
  private final Socket socket;

  Wire(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** Reads up to the end of the first headers, and what of the body is there already. */
  String head() throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    while (!read.toString(StandardCharsets.UTF_8).contains("\r\n\r\n")) {
      int one = in.read();
      if (one < 0) {
        break;
      }
      read.write(one);
    }
    return read.toString(StandardCharsets.UTF_8);
  }

  /** Reads all until the server closes the connection. */
  String all() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Whether the server closes the connection within some milliseconds. */
  boolean isClosedWithin(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      while (socket.getInputStream().read() >= 0) {
        // What still comes does not matter.
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
