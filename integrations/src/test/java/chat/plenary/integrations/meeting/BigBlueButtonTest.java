package chat.plenary.integrations.meeting;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.integrations.meeting.bigbluebutton.BigBlueButtonOptions;
import chat.plenary.integrations.meeting.bigbluebutton.BigBlueButtonOptions.Checksum;
import chat.plenary.integrations.meeting.wire.Line;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.meeting.Aftermath;
import chat.plenary.messaging.meeting.MeetingEvent;
import chat.plenary.messaging.meeting.MeetingPlan;
import chat.plenary.messaging.meeting.MeetingProvider;
import chat.plenary.messaging.meeting.Room;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class BigBlueButtonTest extends MeetingProviderContract {
  private static final String SECRET = "the-shared-secret";
  private final Set<String> meetings = ConcurrentHashMap.newKeySet();
  private volatile String recordings = "";
  private FakeServer server;
  private BigBlueButtonOptions options;

  @Override
  MeetingProvider open() throws Exception {
    server = new FakeServer(place.vertx, (request, body) -> answer(request));
    options =
        new BigBlueButtonOptions(
            "bbb",
            "BigBlueButton",
            URI.create(server.url() + "/bigbluebutton/api"),
            SECRET,
            Checksum.SHA256,
            true,
            URI.create(place.webhook("bbb")),
            true,
            new Line.Limits(1_000, 2, 2));
    return place.open(
        new MeetingProviders.Options(List.of(), List.of(), List.of(options), List.of()));
  }

  /** The checksum, by hand: not a line of it is shared with what it checks. */
  private static String hash(String algorithm, String text) throws Exception {
    StringBuilder hex = new StringBuilder();
    for (byte each :
        MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8))) {
      hex.append(Character.forDigit((each >> 4) & 15, 16))
          .append(Character.forDigit(each & 15, 16));
    }
    return hex.toString();
  }

  private static boolean signed(String algorithm, String uri) {
    try {
      String call = uri.replaceFirst("^/bigbluebutton/api/", "");
      String name = call.substring(0, call.indexOf('?'));
      String query = call.substring(call.indexOf('?') + 1);
      int at = query.lastIndexOf("checksum=");
      String bare = at == 0 ? "" : query.substring(0, at - 1);
      return query.substring(at + 9).equals(hash(algorithm, name + bare + SECRET));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String answer(HttpServerRequest request) {
    if (!signed("SHA-256", request.uri())) {
      return failed("checksumError", "You did not pass the checksum security check");
    }
    String id = String.valueOf(request.getParam("meetingID"));
    String call = request.path().replaceFirst("/bigbluebutton/api/", "");
    return switch (call) {
      case "create" -> {
        boolean made = meetings.add(id);
        yield good(
            "<createTime>1700000000123</createTime><messageKey>"
                + (made ? "" : "duplicateWarning")
                + "</messageKey>");
      }
      case "end" -> meetings.remove(id) ? good("") : failed("notFound", "no such meeting");
      case "hooks/create" -> good("<hookID>1</hookID>");
      case "getRecordings" ->
          recordings.isEmpty() ? good("<messageKey>noRecordings</messageKey>") : recordings;
      default -> failed("unsupportedRequest", "?");
    };
  }

  private static String good(String more) {
    return "200 <response><returncode>SUCCESS</returncode>" + more + "</response>";
  }

  private static String failed(String key, String message) {
    return "200 <response><returncode>FAILED</returncode><messageKey>"
        + key
        + "</messageKey><message>"
        + message
        + "</message></response>";
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
  void aLinkBearsAChecksumThatHandWrittenCodeFindsRightAndARole() throws Exception {
    MeetingPlan plan = plan("mAAAAAAAAAAAAAAAAAAAAAA", "Weekly dialogue & more");
    Room room = await(provider.create(plan));
    assertThat(server.asked).isEmpty();
    URI link = await(provider.link(room, plan, guest(ALICE, "Alice Ünal", true)));
    assertThat(signed("SHA-256", link.getRawPath() + "?" + link.getRawQuery())).isTrue();
    assertThat(link.getQuery())
        .contains("fullName=Alice Ünal")
        .contains("role=MODERATOR")
        .contains("userID=" + ALICE.value())
        .contains("createTime=1700000000123");
    URI bob = await(provider.link(room, plan, guest(BOB, "Bob", false)));
    assertThat(bob.getQuery()).contains("role=VIEWER");
    assertThat(server.asked).filteredOn(uri -> uri.contains("/create?")).hasSize(3);
    assertThat(server.asked).filteredOn(uri -> uri.contains("hooks/create")).hasSize(1);
  }

  @Test
  void recordingsAreReadAndDocumentTypesAreNot() throws Exception {
    Room room = await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAA", "Weekly dialogue")));
    recordings =
        good(
            "<recordings><recording><playback><format><type>presentation</type>"
                + "<url> https://bbb.example.org/playback/1 </url></format>"
                + "<format><type>x</type><url>javascript:1</url></format>"
                + "</playback></recording></recordings>");
    List<Aftermath.Link> links = await(provider.after(room)).links();
    assertThat(links).hasSize(1);
    assertThat(links.get(0).url()).isEqualTo(URI.create("https://bbb.example.org/playback/1"));
    recordings =
        "200 <!DOCTYPE response [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
            + "<response><returncode>SUCCESS</returncode><message>&e;</message></response>";
    refused(provider.after(room), Fault.Code.UNAVAILABLE);
  }

  @Test
  void aWrongSecretIsToldAsThat() throws Exception {
    BigBlueButtonOptions wrong =
        new BigBlueButtonOptions(
            "wrong",
            "BigBlueButton",
            options.base(),
            "another-secret",
            Checksum.SHA1,
            false,
            options.callback(),
            false,
            options.limits());
    MeetingProviders opened =
        await(
            MeetingProviders.open(
                place.vertx,
                place.store,
                place.clock,
                new MeetingProviders.Options(List.of(), List.of(), List.of(wrong), List.of())));
    MeetingPlan plan = plan("mAAAAAAAAAAAAAAAAAAAAAA", "Weekly dialogue");
    MeetingProvider other = opened.providers().get(0);
    Room room = await(other.create(plan));
    assertThatThrownBy(() -> await(other.link(room, plan, guest(ALICE, "Alice", true))))
        .cause()
        .hasMessageContaining("checksumError")
        .satisfies(e -> assertThat(((Fault) e).code()).isEqualTo(Fault.Code.FORBIDDEN));
    await(opened.close());
  }

  private int post(String query, String body) throws Exception {
    return await(
            place.call(
                new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setAbsoluteURI(place.webhook("bbb") + query)
                    .putHeader("content-type", "application/x-www-form-urlencoded"),
                body))
        .status();
  }

  @Test
  void hooksAreTakenWithTheRightChecksumOnly() throws Exception {
    String event =
        "[{\"data\":{\"type\":\"event\",\"id\":\"user-joined\",\"attributes\":{\"meeting\":"
            + "{\"external-meeting-id\":\"mAAAAAAAAAAAAAAAAAAAAAA\"},\"user\":{\"internal-user-id\":"
            + "\"w_1\",\"external-user-id\":\""
            + ALICE.value()
            + "\",\"name\":\"Alice\"}},\"event\":{\"ts\":1764000000000}}}]";
    String body =
        "event="
            + URLEncoder.encode(event, StandardCharsets.UTF_8)
            + "&timestamp=1764000000000&domain=bbb.example.org";
    String right = hash("SHA-256", place.webhook("bbb") + body + SECRET);
    assertThat(post("?checksum=" + right.replace('a', 'b'), body)).isEqualTo(401);
    assertThat(post("", body)).isEqualTo(401);
    assertThat(place.heard).isEmpty();
    assertThat(post("?checksum=" + right, body)).isEqualTo(204);
    assertThat(post("?checksum=" + right, body)).isEqualTo(204);
    assertThat(place.heard).hasSize(1);
    MeetingEvent.Joined joined = (MeetingEvent.Joined) place.heard.get(0);
    assertThat(joined.participant().account()).isEqualTo(ALICE);
    assertThat(joined.external()).isEqualTo("mAAAAAAAAAAAAAAAAAAAAAA");
  }

  @Test
  void hooksThatAreSignedOverTheirMembersAsJsonAreTakenToo() throws Exception {
    String event =
        "[{\"data\":{\"id\":\"meeting-ended\",\"attributes\":{\"meeting\":"
            + "{\"external-meeting-id\":\"m1\"}},\"event\":{\"ts\":1764000000000}}}]";
    String body = "event=" + URLEncoder.encode(event, StandardCharsets.UTF_8) + "&timestamp=1";
    String members = "{\"event\":\"" + event.replace("\"", "\\\"") + "\",\"timestamp\":\"1\"}";
    String right = hash("SHA-256", place.webhook("bbb") + members + SECRET);
    assertThat(post("?checksum=" + right, body)).isEqualTo(204);
    assertThat(place.heard).hasSize(1).first().isInstanceOf(MeetingEvent.Ended.class);
  }
}
