package chat.plenary.integrations.meeting;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.integrations.meeting.jitsi.JitsiMeet;
import chat.plenary.integrations.meeting.jitsi.JitsiOptions;
import chat.plenary.messaging.TestClock;
import chat.plenary.messaging.meeting.MeetingPlan;
import chat.plenary.messaging.meeting.MeetingProvider;
import chat.plenary.messaging.meeting.MeetingProvider.Capability;
import chat.plenary.messaging.meeting.Room;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JitsiTest extends MeetingProviderContract {
  private static final String SECRET = "a secret of at least 32 characters";

  static JitsiOptions signed() {
    return new JitsiOptions(
        "jitsi",
        "Jitsi Meet",
        URI.create("https://meet.example.org/"),
        "plenary",
        SECRET,
        "meet.example.org",
        "what rooms are named by",
        10);
  }

  @Override
  MeetingProvider open() throws Exception {
    return place.open(
        new MeetingProviders.Options(List.of(signed()), List.of(), List.of(), List.of()));
  }

  @Override
  boolean goDown() {
    return false;
  }

  @Override
  String secret() {
    return SECRET;
  }

  @Override
  Object options() {
    return signed();
  }

  @Test
  void anotherLibraryReadsWhatALinkSaysOfTheMember() throws Exception {
    TestClock clock = new TestClock();
    JitsiMeet jitsi = new JitsiMeet(signed(), clock);
    MeetingPlan plan = plan("mAAAAAAAAAAAAAAAAAAAAAA", "Weekly dialogue");
    Room room = await(jitsi.create(plan));
    URI link = await(jitsi.link(room, plan, guest(ALICE, "Alice Ünal", true)));
    assertThat(link.getPath()).isEqualTo("/" + room.external());
    SignedJWT token = SignedJWT.parse(link.getQuery().substring("jwt=".length()));
    assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.HS256);
    assertThat(token.verify(new MACVerifier(SECRET))).isTrue();
    assertThat(token.verify(new MACVerifier("b secret of at least 32 characters"))).isFalse();
    JWTClaimsSet claims = token.getJWTClaimsSet();
    assertThat(claims.getAudience()).containsExactly("plenary");
    assertThat(claims.getIssuer()).isEqualTo("plenary");
    assertThat(claims.getSubject()).isEqualTo("meet.example.org");
    assertThat(claims.getStringClaim("room")).isEqualTo(room.external());
    Instant end = claims.getExpirationTime().toInstant();
    assertThat(Duration.between(clock.instant(), end)).isEqualTo(Duration.ofMinutes(10));
    assertThat(jitsi.linkLasts()).isEqualTo(Duration.ofMinutes(10));
    Map<?, ?> user = (Map<?, ?>) claims.getJSONObjectClaim("context").get("user");
    assertThat(user.get("id")).isEqualTo(ALICE.value());
    assertThat(user.get("name")).isEqualTo("Alice Ünal");
    assertThat(user.get("moderator")).isEqualTo("true");
    assertThat(user.values()).allMatch(each -> each instanceof String);
  }

  @Test
  void onlyAHostModerates() throws Exception {
    JitsiMeet jitsi = new JitsiMeet(signed(), new TestClock());
    MeetingPlan plan = plan("mAAAAAAAAAAAAAAAAAAAAAA", "Weekly dialogue");
    URI link = await(jitsi.link(await(jitsi.create(plan)), plan, guest(BOB, "Bob", false)));
    SignedJWT token = SignedJWT.parse(link.getQuery().substring("jwt=".length()));
    Map<?, ?> user = (Map<?, ?>) token.getJWTClaimsSet().getJSONObjectClaim("context").get("user");
    assertThat(user.get("moderator")).isEqualTo("false");
  }

  @Test
  void aServerWithoutTokensGivesNoPersonalLinksAndARoomThatNobodyGuesses() throws Exception {
    JitsiMeet jitsi = new JitsiMeet(OpenJitsi.options(), new TestClock());
    assertThat(jitsi.capabilities()).doesNotContain(Capability.PERSONAL_LINKS);
    MeetingPlan plan = plan("mAAAAAAAAAAAAAAAAAAAAAA", "Weekly dialogue");
    Room room = await(jitsi.create(plan));
    assertThat(room.external()).matches("plenary-[0-9a-f]{32}");
    URI link = await(jitsi.link(room, plan, guest(ALICE, "Alice", true)));
    assertThat(link.getQuery()).isNull();
    assertThat(jitsi.linkLasts()).isNull();
    assertThat(link.getFragment()).contains("userInfo.displayName=\"Alice\"");
  }

  @Test
  void settingsThatCannotBeAreRefusedByName() {
    assertThatThrownBy(
            () ->
                new JitsiOptions(
                    "jitsi", "J", URI.create("ftp://x"), "", "", "*", "0123456789abcdef", 10))
        .hasMessageContaining("base");
    assertThatThrownBy(
            () ->
                new JitsiOptions(
                    "jitsi",
                    "J",
                    URI.create("https://x.org"),
                    "app",
                    "short",
                    "*",
                    "0123456789abcdef",
                    10))
        .hasMessageContaining("appSecret")
        .hasMessageNotContaining("short");
  }
}
