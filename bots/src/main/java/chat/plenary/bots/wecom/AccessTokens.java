package chat.plenary.bots.wecom;

import chat.plenary.messaging.id.OrganisationId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The access tokens of applications. They name the application and their end, under a keyed hash
 * that also covers the hash of the application's secret: nothing is stored, any node knows them,
 * also after a restart, and a new secret ends them.
 */
final class AccessTokens {
  /** Seconds that a token is good for. */
  static final int LIFE = 7_200;

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern FORM =
      Pattern.compile(
          "w1\\.(o[A-Za-z0-9_-]{22})\\.([0-9]{7})\\.([0-9]{1,12})\\.([A-Za-z0-9_-]{43})");

  private final byte[] key;
  private final Clock clock;

  AccessTokens(byte[] key, Clock clock) {
    this.key = key.clone();
    this.clock = clock;
  }

  /**
   * What a token says of itself.
   *
   * @param ends when it ends, in seconds since 1970
   */
  record Said(OrganisationId organisation, int agentid, long ends, String mark) {}

  String issue(Application application) {
    long ends = clock.instant().getEpochSecond() + LIFE;
    String claims = application.organisation().value() + "." + application.agentid() + "." + ends;
    return "w1." + claims + "." + mark(claims, application);
  }

  /** Reads a token; fails with {@link Errcode#TOKEN} where it has not the form of one. */
  Said read(String token) {
    Matcher parts = FORM.matcher(token);
    if (!parts.matches()) {
      throw Refusal.of(Errcode.TOKEN);
    }
    return new Said(
        new OrganisationId(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Long.parseLong(parts.group(3)),
        parts.group(4));
  }

  /** Whether it holds for the application that it names. */
  boolean holds(Said said, Application application) {
    String claims = said.organisation().value() + "." + said.agentid() + "." + said.ends();
    return clock.instant().getEpochSecond() < said.ends()
        && MessageDigest.isEqual(
            said.mark().getBytes(StandardCharsets.US_ASCII),
            mark(claims, application).getBytes(StandardCharsets.US_ASCII));
  }

  private String mark(String claims, Application application) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      byte[] sum =
          mac.doFinal((claims + "." + application.hash()).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(sum);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
