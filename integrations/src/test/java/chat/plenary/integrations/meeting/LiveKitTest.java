package chat.plenary.integrations.meeting;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.integrations.meeting.livekit.LiveKitOptions;
import chat.plenary.integrations.meeting.wire.Line;
import chat.plenary.messaging.meeting.MeetingEvent;
import chat.plenary.messaging.meeting.MeetingPlan;
import chat.plenary.messaging.meeting.MeetingProvider;
import chat.plenary.messaging.meeting.Room;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveKitTest extends MeetingProviderContract {
  private static final String SECRET = "an api secret of at least 32 characters";
  private FakeServer server;
  private LiveKitOptions options;

  @Override
  MeetingProvider open() throws Exception {
    server = new FakeServer(place.vertx, LiveKitTest::answer);
    options =
        new LiveKitOptions(
            "livekit",
            "LiveKit",
            URI.create(server.url()),
            "APIkey",
            SECRET,
            URI.create("wss://livekit.example.org"),
            "https://meet.example.org/custom?liveKitUrl={server}&token={token}",
            10,
            new Line.Limits(1_000, 2, 2));
    return place.open(
        new MeetingProviders.Options(List.of(), List.of(), List.of(), List.of(options)));
  }

  private static String answer(HttpServerRequest request, Buffer body) {
    try {
      SignedJWT token =
          SignedJWT.parse(request.getHeader("Authorization").substring("Bearer ".length()));
      Map<?, ?> video = (Map<?, ?>) token.getJWTClaimsSet().getClaim("video");
      boolean may =
          token.verify(new MACVerifier(SECRET)) && Boolean.TRUE.equals(video.get("roomCreate"));
      if (!may) {
        return "401 {\"code\":\"unauthenticated\",\"msg\":\"invalid token\"}";
      }
      if (!request.path().equals("/twirp/livekit.RoomService/DeleteRoom")) {
        return "404 {\"code\":\"bad_route\",\"msg\":\"?\"}";
      }
      boolean known = body.toJsonObject().getString("room").startsWith("plenary-");
      return known ? "404 {\"code\":\"not_found\",\"msg\":\"no room\"}" : "200 {}";
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  boolean goDown() throws Exception {
    server.close();
    return true;
  }

  @Override
  String secret() {
    return SECRET;
  }

  @Override
  Object options() {
    return options;
  }

  @Test
  void anotherLibraryReadsWhatALinkAllows() throws Exception {
    MeetingPlan plan = plan("mAAAAAAAAAAAAAAAAAAAAAA", "Weekly dialogue");
    Room room = await(provider.create(plan));
    URI link = await(provider.link(room, plan, guest(BOB, "Bob", false)));
    assertThat(link.toString())
        .startsWith("https://meet.example.org/custom?liveKitUrl=wss%3A%2F%2Flivekit.example.org&");
    SignedJWT token = SignedJWT.parse(link.getQuery().replaceAll(".*&token=", ""));
    assertThat(token.verify(new MACVerifier(SECRET))).isTrue();
    JWTClaimsSet claims = token.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo("APIkey");
    assertThat(claims.getSubject()).isEqualTo(BOB.value());
    Map<String, Object> video = claims.getJSONObjectClaim("video");
    assertThat(video).containsEntry("room", room.external()).containsEntry("roomJoin", true);
    assertThat(video).containsEntry("roomAdmin", false);
  }

  private int post(String body, String authorization) throws Exception {
    return await(
            place.call(
                new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setAbsoluteURI(place.webhook("livekit"))
                    .putHeader("content-type", "application/webhook+json")
                    .putHeader("Authorization", authorization),
                body))
        .status();
  }

  private static JWTClaimsSet claims(String body, long seconds) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
    return new JWTClaimsSet.Builder()
        .issuer("APIkey")
        .claim("sha256", Base64.getEncoder().encodeToString(hash))
        .expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
        .build();
  }

  private static String signed(String body, String secret, long seconds) throws Exception {
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(body, seconds));
    token.sign(new MACSigner(secret));
    return token.serialize();
  }

  @Test
  void webhooksAreTakenWhenATokenOfTheirBodyIsRight() throws Exception {
    String body =
        new JsonObject()
            .put("event", "participant_joined")
            .put("id", "EV_1")
            .put("createdAt", "1764000000")
            .put("room", new JsonObject().put("name", "plenary-1"))
            .put(
                "participant",
                new JsonObject()
                    .put("sid", "PA_1")
                    .put("identity", ALICE.value())
                    .put("name", "Alice"))
            .encode();
    assertThat(post(body, signed(body, SECRET, 60))).isEqualTo(204);
    assertThat(post(body, signed(body, SECRET, 60))).isEqualTo(204);
    assertThat(place.heard).hasSize(1);
    MeetingEvent.Joined joined = (MeetingEvent.Joined) place.heard.get(0);
    assertThat(joined.participant().account()).isEqualTo(ALICE);
    assertThat(joined.at().getEpochSecond()).isEqualTo(1_764_000_000);
  }

  @Test
  void forgedWebhooksAreNotTaken() throws Exception {
    String body = "{\"event\":\"room_finished\",\"id\":\"1\",\"room\":{\"name\":\"plenary-1\"}}";
    String other = "{\"event\":\"room_started\",\"id\":\"1\",\"room\":{\"name\":\"plenary-1\"}}";
    assertThat(post(body, "")).isEqualTo(401);
    assertThat(post(body, signed(other, SECRET, 60))).isEqualTo(401);
    assertThat(post(body, signed(body, SECRET.toUpperCase(java.util.Locale.ROOT), 60)))
        .isEqualTo(401);
    assertThat(post(body, signed(body, SECRET, -120))).isEqualTo(401);
    String none = new PlainJWT(new PlainHeader(), claims(body, 60)).serialize();
    assertThat(post(body, none)).isEqualTo(401);
    assertThat(place.heard).isEmpty();
  }
}
