package chat.plenary.messaging.account;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.SessionId;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Header;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.ProtectedHeader;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.security.Key;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Access tokens: JWTs of one algorithm, short-lived, verified without the store. */
final class Tokens {
  static final String ALGORITHM = "EdDSA";

  private static final String ACCESS = "access";
  private static final int MAX_LENGTH = 2_048;

  /** Forged key ids must not make a node read the store more often than this. */
  private static final Duration RELOAD = Duration.ofSeconds(1);

  /**
   * What a token says.
   *
   * @param born the number of the organisation's log at which its session began
   */
  record Said(
      AccountId account,
      OrganisationId organisation,
      SessionId session,
      long born,
      Instant expires) {}

  private static final class UnknownKey extends JwtException {
    private static final long serialVersionUID = 1L;

    UnknownKey() {
      super("unknown key");
    }
  }

  private final Keys keys;
  private final String issuer;
  private final Duration life;
  private final Clock clock;
  private final JwtParser parser;
  private final Verified verified = new Verified();
  private final AtomicLong reloaded = new AtomicLong();

  /**
   * Tokens.
   *
   * @param issuer the claim {@code iss}; the same on all nodes
   * @param life how long a token is good
   */
  Tokens(Keys keys, String issuer, Duration life, Clock clock) {
    this.keys = keys;
    this.issuer = issuer;
    this.life = life;
    this.clock = clock;
    this.parser =
        Jwts.parser()
            // The JDK's own takes six times as long to verify.
            .provider(new BouncyCastleProvider())
            .sig()
            .clear()
            .add(Jwts.SIG.EdDSA)
            .and()
            .zip()
            .clear()
            .and()
            .keyLocator(this::key)
            .requireIssuer(issuer)
            .require("typ", ACCESS)
            .clock(() -> Date.from(clock.instant()))
            .build();
  }

  /** Seconds that a token is good for. */
  int lifeSeconds() {
    return (int) life.toSeconds();
  }

  String issue(OrganisationId organisation, AccountId account, SessionId session, long born) {
    Instant now = clock.instant();
    Keys.Key key = keys.signing();
    return Jwts.builder()
        .header()
        .keyId(key.id())
        .type("JWT")
        .and()
        .issuer(issuer)
        .subject(account.value())
        .claim("org", organisation.value())
        .claim("sid", session.value())
        .claim("born", born)
        .claim("typ", ACCESS)
        .issuedAt(Date.from(now))
        .expiration(Date.from(now.plus(life)))
        .signWith(key.signing(), Jwts.SIG.EdDSA)
        .compact();
  }

  /**
   * Reads a token.
   *
   * @return fails as unauthenticated when it is expired, forged or no token at all
   */
  Future<Said> verify(String token) {
    if (token.length() > MAX_LENGTH) {
      return Future.failedFuture(refused());
    }
    String hash = new Secret(token).hash();
    Verified.Token known = verified.get(hash);
    if (known != null && holds(known)) {
      return Future.succeededFuture(known.said());
    }
    // What held once is judged in full where it seems to hold no more.
    verified.remove(hash);
    try {
      return Future.succeededFuture(read(token, hash));
    } catch (UnknownKey e) {
      return mayReload()
          ? keys.reload().compose(again -> readAgain(token, hash))
          : Future.failedFuture(refused());
    } catch (JwtException | IllegalArgumentException e) {
      return Future.failedFuture(refused());
    }
  }

  /** The public keys as a JWK Set. */
  JsonObject published() {
    return keys.published();
  }

  /** What any token that does not hold is answered with; it does not say why. */
  static Fault refused() {
    return Fault.of(
        Fault.Code.UNAUTHENTICATED, "The token is missing, expired, revoked or not genuine.");
  }

  private Future<Said> readAgain(String token, String hash) {
    try {
      return Future.succeededFuture(read(token, hash));
    } catch (JwtException | IllegalArgumentException e) {
      return Future.failedFuture(refused());
    }
  }

  /** Neither has its time come, nor was its key taken away. */
  private boolean holds(Verified.Token known) {
    return clock.instant().isBefore(known.said().expires()) && keys.verifying(known.key()) != null;
  }

  private Said read(String token, String hash) {
    Jws<Claims> genuine = parser.parseSignedClaims(token);
    Claims claims = genuine.getPayload();
    Date expires = claims.getExpiration();
    if (expires == null) {
      throw new IllegalArgumentException("without an end");
    }
    Said said =
        new Said(
            new AccountId(text(claims, Claims.SUBJECT)),
            new OrganisationId(text(claims, "org")),
            new SessionId(text(claims, "sid")),
            number(claims, "born"),
            expires.toInstant());
    verified.put(hash, new Verified.Token(said, genuine.getHeader().getKeyId()));
    return said;
  }

  private boolean mayReload() {
    long now = clock.millis();
    long last = reloaded.get();
    return now - last >= RELOAD.toMillis() && reloaded.compareAndSet(last, now);
  }

  private Key key(Header header) {
    PublicKey key =
        header instanceof ProtectedHeader named ? keys.verifying(named.getKeyId()) : null;
    if (key == null) {
      throw new UnknownKey();
    }
    return key;
  }

  private static String text(Claims claims, String name) {
    if (claims.get(name) instanceof String value) {
      return value;
    }
    throw new IllegalArgumentException("without " + name);
  }

  private static long number(Claims claims, String name) {
    if (claims.get(name) instanceof Number value) {
      return value.longValue();
    }
    throw new IllegalArgumentException("without " + name);
  }
}
