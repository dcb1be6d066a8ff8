package chat.plenary.lab.history;

import chat.plenary.client.Body;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Short stand-ins for bodies and keys: 64 bits, so that a million differ but for one chance in a
 * hundred million.
 */
public final class Digest {
  private static final long PRIME = 0x100000001b3L;

  private Digest() {}

  /** Of a message body; 0 of none. */
  public static long of(@Nullable Body body) {
    if (body == null) {
      return 0;
    }
    long hash = add(add(0xcbf29ce484222325L, body.type()), body.text() == null ? "" : body.text());
    List<String> mentions = body.mentions() == null ? List.of() : body.mentions();
    for (String account : mentions.stream().sorted().toList()) {
      hash = add(hash, account);
    }
    return finish(add(hash, String.valueOf(body.quote() == null ? 0 : body.quote())));
  }

  /** Of what makes an appending request unique. */
  public static long key(String conversation, String sender, String ref) {
    return finish(add(add(add(0xcbf29ce484222325L, conversation), sender), ref));
  }

  private static long add(long hash, String text) {
    long next = hash;
    for (int i = 0; i < text.length(); i++) {
      next = (next ^ text.charAt(i)) * PRIME;
    }
    return (next ^ 0xffff) * PRIME;
  }

  /** Mixes, so that all bits count, and is never 0. */
  private static long finish(long hash) {
    long z = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    z ^= z >>> 31;
    return z == 0 ? 1 : z;
  }
}
