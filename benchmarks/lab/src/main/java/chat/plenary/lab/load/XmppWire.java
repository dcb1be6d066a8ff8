package chat.plenary.lab.load;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * An XMPP client over bare TCP that looks at elements where they lie: opens streams, signs in with
 * SASL PLAIN (after having registered, where the account is not there yet) and binds a resource.
 * None of what it reads has an element of a name within another of that name, which spares a
 * parser.
 */
abstract class XmppWire extends Wire {
  static final String DOMAIN = "localhost";
  private static final String STREAM =
      "<stream:stream to='%s' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
          .formatted(DOMAIN);
  private static final byte[] OPENING = bytes("<stream:stream");
  private static final byte[] CLOSING = bytes("</stream:stream");
  private static final byte[] FEATURES = bytes("<stream:features");
  private static final byte[] SUCCESS = bytes("<success");
  private static final byte[] MESSAGE = bytes("<message");
  private static final byte[] IQ = bytes("<iq");
  private static final byte[] PRESENCE = bytes("<presence");
  private static final byte[] ERROR = bytes("type='error'");
  private static final byte[] CONFLICT = bytes("<conflict");

  private enum State {
    REGISTERING,
    SIGNING_IN,
    BINDING,
    BOUND
  }

  private final String user;
  private final String password;
  private boolean registered;
  private State state = State.REGISTERING;

  XmppWire(String user, String password) {
    this.user = user;
    this.password = password;
  }

  /** Signed in, and reachable. */
  abstract void bound();

  /** A message stanza, in an array that is used again afterwards. */
  abstract void message(byte[] bytes, int from, int to, boolean isError);

  @Override
  final void connected() {
    state = registered ? State.SIGNING_IN : State.REGISTERING;
    send(STREAM);
  }

  final void send(String text) {
    write(bytes(text));
  }

  @Override
  final int read(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isOpen()) {
      if (bytes[at] != '<') {
        at++;
        continue;
      }
      int tag = at;
      while (tag < to && bytes[tag] != '>') {
        tag++;
      }
      if (tag == to) {
        return at;
      }
      if (starts(CLOSING, bytes, at, to)) {
        end("the server ended the stream");
        return to;
      }
      int end =
          bytes[at + 1] == '?' || starts(OPENING, bytes, at, to)
              ? tag + 1
              : end(bytes, at, tag, to);
      if (end < 0) {
        return at;
      }
      if (end > tag + 1 || bytes[tag - 1] == '/') {
        element(bytes, at, tag, end);
      }
      at = end;
    }
    return isOpen() ? at : to;
  }

  /** Where an element ends whose first tag ends at a place; -1 where it does not yet. */
  private static int end(byte[] bytes, int from, int tag, int to) {
    if (bytes[tag - 1] == '/') {
      return tag + 1;
    }
    int name = from + 1;
    while (bytes[name] != ' ' && bytes[name] != '>') {
      name++;
    }
    int length = name - from - 1;
    for (int i = tag + 1; i + length + 3 <= to; i++) {
      if (bytes[i] == '<' && bytes[i + 1] == '/' && bytes[i + 2 + length] == '>') {
        int same = 0;
        while (same < length && bytes[i + 2 + same] == bytes[from + 1 + same]) {
          same++;
        }
        if (same == length) {
          return i + length + 3;
        }
      }
    }
    return -1;
  }

  private void element(byte[] bytes, int from, int tag, int to) {
    boolean isError = find(ERROR, bytes, from, tag) >= 0;
    if (starts(MESSAGE, bytes, from, to)) {
      message(bytes, from, to, isError);
    } else if (starts(FEATURES, bytes, from, to)) {
      negotiate();
    } else if (starts(SUCCESS, bytes, from, to)) {
      state = State.BINDING;
      send(STREAM);
    } else if (starts(IQ, bytes, from, to)) {
      answered(bytes, from, to, isError);
    } else if (starts(PRESENCE, bytes, from, to)) {
      if (isError) {
        end(text(bytes, from, to));
      }
    } else {
      end(text(bytes, from, to));
    }
  }

  private void negotiate() {
    switch (state) {
      case REGISTERING ->
          send(
              "<iq type='set' id='register'><query xmlns='jabber:iq:register'><username>%s</username><password>%s</password></query></iq>"
                  .formatted(user, password));
      case SIGNING_IN -> signIn();
      case BINDING ->
          send(
              "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>load</resource></bind></iq>");
      case BOUND -> end("the server offers features to a stream that is bound");
    }
  }

  private void signIn() {
    byte[] plain = bytes("\0" + user + "\0" + password);
    send(
        "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>%s</auth>"
            .formatted(Base64.getEncoder().encodeToString(plain)));
  }

  private void answered(byte[] bytes, int from, int to, boolean isError) {
    if (isError && (state != State.REGISTERING || find(CONFLICT, bytes, from, to) < 0)) {
      end(text(bytes, from, to));
    } else if (state == State.REGISTERING) {
      registered = true;
      state = State.SIGNING_IN;
      signIn();
    } else if (state == State.BINDING) {
      state = State.BOUND;
      bound();
    }
  }

  private void end(String why) {
    close();
    lost(why);
  }

  private static boolean starts(byte[] with, byte[] bytes, int from, int to) {
    for (int i = 0; i < with.length; i++) {
      if (from + i >= to || bytes[from + i] != with[i]) {
        return false;
      }
    }
    return true;
  }

  /** Where something stands; -1 where it does not. */
  static int find(byte[] what, byte[] bytes, int from, int to) {
    for (int i = from; i + what.length <= to; i++) {
      if (starts(what, bytes, i, to)) {
        return i;
      }
    }
    return -1;
  }

  static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
