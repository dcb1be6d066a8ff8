package chat.plenary.messaging.translation;

import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.log.Timers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Translations of this node's last hour by what was translated, at most 20,000 and 8 million
 * characters. Keys are hashes under a secret of this process and name the organisation: none finds
 * what another had translated.
 */
final class Cache {
  private static final int MOST = 20_000;
  private static final long MAX_CHARACTERS = 8_000_000;
  private static final Duration KEPT = Duration.ofHours(1);
  private static final String HASH = "HmacSHA256";

  private final Timers timers;
  private final SecretKeySpec secret;
  private final Map<String, Found> found = new LinkedHashMap<>(64, 0.75f, true);
  private long characters;

  private record Found(String text, long at) {}

  Cache(Timers timers) {
    this.timers = timers;
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    this.secret = new SecretKeySpec(bytes, HASH);
  }

  String key(OrganisationId organisation, String engine, String from, String to, String text) {
    try {
      Mac mac = Mac.getInstance(HASH);
      mac.init(secret);
      for (String part : new String[] {organisation.value(), engine, from, to, text}) {
        mac.update((part.length() + ":" + part).getBytes(StandardCharsets.UTF_8));
      }
      return Base64.getEncoder().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HASH, e);
    }
  }

  synchronized @Nullable String get(String key) {
    Found one = found.get(key);
    if (one != null && timers.elapsed() - one.at() > KEPT.toMillis()) {
      remove(key);
      return null;
    }
    return one == null ? null : one.text();
  }

  synchronized void put(String key, String text) {
    remove(key);
    found.put(key, new Found(text, timers.elapsed()));
    characters += text.length();
    while (found.size() > MOST || characters > MAX_CHARACTERS) {
      Iterator<Map.Entry<String, Found>> oldest = found.entrySet().iterator();
      characters -= oldest.next().getValue().text().length();
      oldest.remove();
    }
  }

  private void remove(String key) {
    Found one = found.remove(key);
    if (one != null) {
      characters -= one.text().length();
    }
  }
}
