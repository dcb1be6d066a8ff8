package chat.plenary.messaging.account;

import static chat.plenary.messaging.organisation.Office.fault;
import static chat.plenary.messaging.organisation.Office.get;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.TestClock;
import chat.plenary.messaging.fault.Fault.Code;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.SessionId;
import chat.plenary.messaging.store.sim.DrivenStore;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final OrganisationId ORGANISATION = OrganisationId.random();
  private static final AccountId ACCOUNT = AccountId.random();
  private static final SessionId SESSION = SessionId.random();
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final TestClock clock = new TestClock();
  private final DrivenStore store = new DrivenStore();
  private final Keys keys = get(Keys.open(store, clock));
  private final Tokens tokens = new Tokens(keys, "plenary-test", LIFE, clock);

  @AfterEach
  void close() {
    store.close();
  }

  private String token() {
    return tokens.issue(ORGANISATION, ACCOUNT, SESSION, 7);
  }

  private void assertRefused(String token) {
    assertThat(fault(tokens.verify(token)).code()).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void aTokenSaysWhoseItIsUntilItExpires() {
    Tokens.Said said = get(tokens.verify(token()));

    assertThat(said)
        .isEqualTo(new Tokens.Said(ACCOUNT, ORGANISATION, SESSION, 7, clock.instant().plus(LIFE)));
  }

  @Test
  void anExpiredTokenIsRefused() {
    String token = token();
    clock.pass(LIFE.plusSeconds(1));

    assertRefused(token);
  }

  @Test
  void aTokenThatWasGenuineOnceIsRefusedWhenItExpires() {
    String token = token();
    Tokens.Said first = get(tokens.verify(token));
    clock.pass(LIFE.minusSeconds(1));
    assertThat(get(tokens.verify(token))).isSameAs(first);
    clock.pass(Duration.ofSeconds(2));

    assertRefused(token);
    assertRefused(token);
  }

  @Test
  void aForgedTokenIsRefusedAlsoAfterTheGenuineOne() {
    String token = token();
    get(tokens.verify(token));
    int end = token.length() - 10;
    char other = token.charAt(end) == 'A' ? 'B' : 'A';

    assertRefused(token.substring(0, end) + other + token.substring(end + 1));
    assertThat(get(tokens.verify(token)).account()).isEqualTo(ACCOUNT);
  }

  @Test
  void aTokenOfAnotherServerIsRefused() {
    DrivenStore other = new DrivenStore();
    Keys theirs = get(Keys.open(other, clock));

    assertRefused(
        new Tokens(theirs, "plenary-test", LIFE, clock).issue(ORGANISATION, ACCOUNT, SESSION, 7));

    other.close();
  }

  @Test
  void aTokenUnderOurKeyIdButAnotherKeyIsRefused() {
    KeyPair pair = Jwts.SIG.EdDSA.keyPair().build();

    assertRefused(forged(keys.signing().id(), "plenary-test", "access", pair));
  }

  @Test
  void aTokenForAnotherPurposeOrOfAnotherIssuerIsRefused() {
    KeyPair ours = new KeyPair(keys.signing().verifying(), keys.signing().signing());

    assertThat(get(tokens.verify(forged(keys.signing().id(), "plenary-test", "access", ours))))
        .isNotNull();
    assertRefused(forged(keys.signing().id(), "plenary-test", "other", ours));
    assertRefused(forged(keys.signing().id(), "someone-else", "access", ours));
  }

  @Test
  void tokensWithoutSignatureOrSignedByThePublicKeyAsSecretAreRefused() {
    String payload = token().split("\\.")[1];
    String none = encode("{\"alg\":\"none\"}") + "." + payload + ".";
    PublicKey publicKey = keys.signing().verifying();
    String confused =
        Jwts.builder()
            .header()
            .keyId(keys.signing().id())
            .and()
            .subject(ACCOUNT.value())
            .signWith(new SecretKeySpec(publicKey.getEncoded(), "HmacSHA256"), Jwts.SIG.HS256)
            .compact();

    assertRefused(none);
    assertRefused(confused);
  }

  @Test
  void aChangedOrCutOrMeaninglessTokenIsRefused() {
    String token = token();
    String[] parts = token.split("\\.");
    String other = encode(decode(parts[1]).replace(ACCOUNT.value(), AccountId.random().value()));

    assertRefused(parts[0] + "." + other + "." + parts[2]);
    assertRefused(token.substring(0, token.length() - 10));
    assertRefused(parts[0] + "." + parts[1]);
    assertRefused("");
    assertRefused("no token at all");
    assertRefused("x".repeat(100_000));
  }

  @Test
  void aKeyThatAnotherNodeMadeIsFoundInTheStore() {
    Keys theirs = get(Keys.open(store, clock));
    get(theirs.rotate());
    clock.pass(Duration.ofMinutes(16));
    String token =
        new Tokens(theirs, "plenary-test", LIFE, clock).issue(ORGANISATION, ACCOUNT, SESSION, 7);

    assertThat(theirs.signing().id()).isNotEqualTo(keys.signing().id());
    assertThat(get(tokens.verify(token)).account()).isEqualTo(ACCOUNT);
  }

  @Test
  void aNewKeyIsPublishedBeforeItSignsAndTheOldOneStillVerifies() {
    String before = token();
    String id = keys.signing().id();
    get(keys.rotate());

    assertThat(keys.signing().id()).isEqualTo(id);
    assertThat(tokens.published().getJsonArray("keys")).hasSize(2);
    clock.pass(Duration.ofMinutes(15));
    assertThat(keys.signing().id()).isNotEqualTo(id);
    clock.pass(Duration.ofMinutes(-6));
    assertThat(get(tokens.verify(before)).account()).isEqualTo(ACCOUNT);
  }

  @Test
  void aStartAfterNinetyDaysMakesTheNextKeyAndOneLongAfterForgetsTheFirst() {
    clock.pass(Duration.ofDays(91));
    Keys second = get(Keys.open(store, clock));
    assertThat(second.published().getJsonArray("keys")).hasSize(2);

    clock.pass(Duration.ofDays(2));
    Keys third = get(Keys.open(store, clock));

    assertThat(third.published().getJsonArray("keys")).hasSize(1);
    assertThat(third.signing().id()).isNotEqualTo(keys.signing().id());
  }

  @Test
  void thePublishedKeysVerifyATokenAndHoldNothingSecret() {
    JsonObject key = tokens.published().getJsonArray("keys").getJsonObject(0);

    assertThat(key.getString("kty")).isEqualTo("OKP");
    assertThat(key.getString("alg")).isEqualTo("EdDSA");
    assertThat(key.getString("use")).isEqualTo("sig");
    assertThat(key.fieldNames()).doesNotContain("d");
    PublicKey read = (PublicKey) Jwks.parser().build().parse(key.encode()).toKey();
    assertThat(
            Jwts.parser()
                .verifyWith(read)
                .clock(() -> Date.from(clock.instant()))
                .build()
                .parseSignedClaims(token())
                .getHeader()
                .getKeyId())
        .isEqualTo(key.getString("kid"));
  }

  private String forged(String kid, String issuer, String type, KeyPair pair) {
    return Jwts.builder()
        .header()
        .keyId(kid)
        .and()
        .issuer(issuer)
        .subject(ACCOUNT.value())
        .claim("org", ORGANISATION.value())
        .claim("sid", SESSION.value())
        .claim("born", 7)
        .claim("typ", type)
        .issuedAt(Date.from(clock.instant()))
        .expiration(Date.from(clock.instant().plus(LIFE)))
        .signWith(pair.getPrivate(), Jwts.SIG.EdDSA)
        .compact();
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String text) {
    return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
