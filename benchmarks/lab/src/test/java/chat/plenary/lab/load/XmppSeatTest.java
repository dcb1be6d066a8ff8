package chat.plenary.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Speaks to a server of the test's own, which cuts what it says into single bytes. */
class XmppSeatTest {
  private static final String FEATURES =
      "<?xml version='1.0'?><stream:stream xmlns='jabber:client' id='1'><stream:features><a/></stream:features>";

  @Test
  void aMemberRegistersSignsInJoinsAndIsShownWhatIsSaidOnce() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(server));
      Tally tally = new Tally(1);
      Member member = new Member(3, 0, tally, 4);
      XmppSeat seat = new XmppSeat(member);
      member.sitsAt(seat);
      try (Loop loop = new Loop()) {
        loop.execute(
            () -> {
              member.post(tally.next(0, 0));
              member.post(tally.next(0, 0));
              loop.connect(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()),
                  seat);
            });
        served.get(20, java.util.concurrent.TimeUnit.SECONDS);
        CompletableFuture<String> seen = new CompletableFuture<>();
        loop.execute(
            () ->
                seen.complete(
                    "%d shown, %d accepted, %d refused, %d missing, %d twice"
                        .formatted(
                            tally.shown(),
                            tally.accepted(),
                            tally.refused(),
                            member.missing(),
                            tally.duplicates())));
        assertThat(seen.get(20, java.util.concurrent.TimeUnit.SECONDS))
            .isEqualTo("1 shown, 1 accepted, 1 refused, 0 missing, 0 twice");
        assertThat(member.whyLost()).isEqualTo("the server ended the stream");
      }
    }
  }

  private static void serve(ServerSocket server) {
    try (Socket socket = server.accept()) {
      InputStream from = socket.getInputStream();
      await(from, "<stream:stream");
      say(socket, FEATURES);
      await(from, "jabber:iq:register");
      say(socket, "<iq type='error' id='register'><error><conflict/></error></iq>");
      // user3 with its password, as SASL PLAIN has it.
      await(from, "mechanism='PLAIN'>AHVzZXIzAG1lYXN1cmVk</auth>");
      say(socket, "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
      await(from, "<stream:stream");
      say(socket, FEATURES);
      await(from, "<resource>");
      say(socket, "<iq type='result' id='bind'><bind><jid>user3@localhost/load</jid></bind></iq>");
      await(from, "<presence to='group0@conference.localhost/user3'>");
      say(socket, "<presence from='group0@conference.localhost/user3'><x><y/></x></presence>");
      say(socket, "<message type='groupchat'><subject/></message>");
      await(from, Marker.text(1) + "</body></message>");
      say(
          socket,
          " <message type='groupchat' id='00000000'><body>%s</body><stanza-id id='9'/></message>"
              .formatted(Marker.text(0)));
      say(
          socket,
          "<message type='error' id='00000001'><body>%s</body><error/></message>"
              .formatted(Marker.text(1)));
      say(socket, "</stream:stream>");
      while (from.read() >= 0) {
        // Until the other side has taken all of it and closes.
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void await(InputStream from, String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int next = from.read();
      if (next < 0) {
        throw new IOException("The client went away, having said " + read);
      }
      read.append((char) next);
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.setTcpNoDelay(true);
    for (byte one : text.getBytes(StandardCharsets.US_ASCII)) {
      socket.getOutputStream().write(one);
    }
  }
}
