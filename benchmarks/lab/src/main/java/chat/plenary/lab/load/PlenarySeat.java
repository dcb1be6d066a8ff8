package chat.plenary.lab.load;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A live connection by the public protocol. What a frame is, is read from its first bytes; of an
 * entry only the marker in its text is looked for.
 */
final class PlenarySeat extends WebSocketWire implements Seat {
  private static final int TYPE = "{\"type\":\"".length();
  private static final AtomicLong SEATS = new AtomicLong();
  private static final byte[] REF = bytes("\"ref\":\"");
  private static final byte[] CURSOR = bytes("\"cursor\":\"");
  private static final byte[] INCOMPLETE = bytes("\"complete\":false");
  private static final byte[] ENTRIES = bytes("\"entries\":[");

  private final @Nullable SSLContext secured;
  private final Member member;
  private final String token;
  private final String conversation;

  /** Tells this seat's refs from those of an earlier crowd of the same people, who count anew. */
  private final String refs = "-" + SEATS.incrementAndGet();

  private @Nullable String cursor;
  private boolean welcomed;

  PlenarySeat(
      InetSocketAddress server,
      Member member,
      String token,
      String conversation,
      @Nullable SSLContext secured) {
    super(server, "/api/v1/connect");
    this.secured = secured;
    this.member = member;
    this.token = token;
    this.conversation = conversation;
  }

  @Override
  @Nullable SSLContext secured() {
    return secured;
  }

  @Override
  public Wire wire() {
    return this;
  }

  @Override
  public void post(int number) {
    send(
        bytes(
            "{\"type\":\"post\",\"conversation\":\""
                + conversation
                + "\",\"ref\":\""
                + Marker.digits(number)
                + refs
                + "\",\"body\":{\"type\":\"text\",\"text\":\""
                + Marker.text(number)
                + "\"}}"));
  }

  @Override
  public void keepAlive() {
    send(bytes("{\"type\":\"ping\"}"));
  }

  @Override
  void upgraded() {
    String from = cursor == null ? "" : ",\"cursor\":\"" + cursor + "\"";
    send(bytes("{\"type\":\"hello\",\"token\":\"" + token + "\"" + from + "}"));
  }

  @Override
  void frame(byte[] bytes, int from, int to) {
    if (to - from < TYPE + 2) {
      return;
    }
    long now = System.nanoTime();
    switch (bytes[from + TYPE]) {
      case 'e' -> entry(bytes, from, to, now);
      case 'a' -> member.accepted(ref(bytes, from, to), now);
      case 'u' -> member.unknown(ref(bytes, from, to));
      case 'r' -> {
        if (bytes[from + TYPE + 2] == 'f') {
          member.refused(ref(bytes, from, to), text(bytes, from, to));
        }
      }
      case 'l' -> {
        cursor = value(CURSOR, bytes, from, to);
        welcomed = true;
        member.ready();
      }
      case 'c' -> {
        if (bytes[from + TYPE + 1] == 'u') {
          cursor = value(CURSOR, bytes, from, to);
        } else if (bytes[from + TYPE + 1] == 'o') {
          missed(bytes, from, to, now);
        }
      }
      case 'b' -> {
        close();
        member.lost(text(bytes, from, to));
      }
      default -> {}
    }
  }

  private void entry(byte[] bytes, int from, int to, long now) {
    int number = Marker.last(bytes, from, to);
    if (number >= 0) {
      member.shown(number, now);
    }
  }

  /** Entries that come with a conversation: each has one marker. */
  private void missed(byte[] bytes, int from, int to, long now) {
    if (welcomed && find(INCOMPLETE, bytes, from, to) >= 0) {
      member.incomplete();
    }
    for (int i = find(ENTRIES, bytes, from, to); i >= 0 && i < to; i++) {
      if (bytes[i] == Marker.SIGN) {
        member.shown(Marker.number(bytes, i + 1, to), now);
      }
    }
  }

  private static int ref(byte[] bytes, int from, int to) {
    int at = find(REF, bytes, from, to);
    return at < 0 ? -1 : Marker.number(bytes, at, to);
  }

  private static String value(byte[] name, byte[] bytes, int from, int to) {
    int at = find(name, bytes, from, to);
    int end = at;
    while (end >= 0 && end < to && bytes[end] != '"') {
      end++;
    }
    return at < 0 ? "" : text(bytes, at, end);
  }

  /** Where what follows a name begins; -1 where it is not there. */
  private static int find(byte[] name, byte[] bytes, int from, int to) {
    for (int i = from; i + name.length <= to; i++) {
      int same = 0;
      while (same < name.length && bytes[i + same] == name[same]) {
        same++;
      }
      if (same == name.length) {
        return i + same;
      }
    }
    return -1;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  void lost(String why) {
    member.lost(why);
  }
}
