package chat.plenary.messaging.account;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tokens say whose signature was verified a while ago, by their hashes; the ones that were
 * used last. Verifying is most of what a connect costs (ADR 8), and a token is shown with each
 * request and each connect until it expires. Whether a token still holds is for the asker to judge.
 */
final class Verified {
  /** Some hundreds of bytes each. */
  private static final int MOST = 20_000;

  /**
   * A genuine token.
   *
   * @param key the id of the key that signed it
   */
  record Token(Tokens.Said said, String key) {}

  private final Map<String, Token> tokens =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Token> eldest) {
          return size() > MOST;
        }
      };

  synchronized @Nullable Token get(String hash) {
    return tokens.get(hash);
  }

  synchronized void put(String hash, Token token) {
    tokens.put(hash, token);
  }

  synchronized void remove(String hash) {
    tokens.remove(hash);
  }
}
