package chat.plenary.integrations.meeting;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.integrations.meeting.Place.Got;
import chat.plenary.integrations.meeting.tencent.TencentOptions;
import chat.plenary.integrations.meeting.wire.Line;
import chat.plenary.messaging.TestClock;
import chat.plenary.messaging.Waiting;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.meeting.MeetingEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is posted to the webhook of Tencent Meeting, by its friends and by others. */
class TencentWebhookTest {
  private static final String TOKEN = "TOKEN25CHARSxxxxxxxxxxxxx";
  private final TestClock clock = new TestClock();
  @TempDir Path directory;
  private Place place;

  @BeforeEach
  void begin() throws Exception {
    place = new Place(directory, clock);
    TencentOptions options =
        new TencentOptions(
            "tencent",
            "Tencent Meeting",
            false,
            URI.create("http://127.0.0.1:9"),
            "id",
            "the-secret-key",
            "app",
            "",
            "organiser",
            TOKEN,
            "",
            false,
            Duration.ofHours(1),
            Line.Limits.defaults());
    place.open(new MeetingProviders.Options(List.of(), List.of(options), List.of(), List.of()));
  }

  @AfterEach
  void finish() throws Exception {
    place.close();
  }

  private static String data(JsonObject told) {
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(told.encode().getBytes(StandardCharsets.UTF_8));
  }

  private static String sign(String token, String stamp, String data) throws Exception {
    List<String> parts = new ArrayList<>(List.of(token, stamp, "4711", data));
    Collections.sort(parts);
    byte[] all = String.join("", parts).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(all));
  }

  private Future<Got> post(String data, String stamp, String signature) {
    return send(HttpMethod.POST, "", new JsonObject().put("data", data).encode(), stamp, signature);
  }

  private Future<Got> send(
      HttpMethod method, String query, String body, String stamp, String signature) {
    return place.call(
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(place.webhook("tencent") + query)
            .putHeader("timestamp", stamp)
            .putHeader("nonce", "4711")
            .putHeader("signature", signature),
        body);
  }

  private Got told(JsonObject event) throws Exception {
    String stamp = Long.toString(clock.millis());
    return await(post(data(event), stamp, sign(TOKEN, stamp, data(event))));
  }

  private static JsonObject event(String name, String trace, JsonObject more) {
    JsonObject payload =
        new JsonObject()
            .put("operate_time", 1_764_000_000_000L)
            .put("meeting_info", new JsonObject().put("meeting_id", "6058890385480921052"))
            .mergeIn(more);
    return new JsonObject()
        .put("event", name)
        .put("trace_id", trace)
        .put("payload", new JsonArray().add(payload));
  }

  @Test
  void anAddressThatIsTriedGivesBackWhatItWasSent() throws Exception {
    String packed =
        Base64.getEncoder().encodeToString("héllo>>??".getBytes(StandardCharsets.UTF_8));
    String stamp = Long.toString(clock.millis());
    String query = "?check_str=" + URLEncoder.encode(packed, StandardCharsets.UTF_8);
    Got got = await(send(HttpMethod.GET, query, "", stamp, sign(TOKEN, stamp, packed)));
    assertThat(got).isEqualTo(new Got(200, "héllo>>??"));
    Got forged = await(send(HttpMethod.GET, query, "", stamp, sign("other", stamp, packed)));
    assertThat(forged.status()).isEqualTo(401);
    assertThat(await(send(HttpMethod.GET, "", "", stamp, "x")).status()).isEqualTo(401);
  }

  @Test
  void whatComesTwiceIsTakenOnceAndAnsweredTwice() throws Exception {
    JsonObject started = event("meeting.started", "t-1", new JsonObject());
    Got taken = new Got(200, "successfully received callback");
    assertThat(told(started)).isEqualTo(taken);
    assertThat(told(started)).isEqualTo(taken);
    assertThat(place.heard).hasSize(1).first().isInstanceOf(MeetingEvent.Started.class);
  }

  @Test
  void nothingIsAnsweredBeforeItIsDurableAndWhatFailedIsTakenAgain() throws Exception {
    Promise<Void> durable = Promise.promise();
    place.taking = durable.future();
    JsonObject started = event("meeting.started", "t-2", new JsonObject());
    String stamp = Long.toString(clock.millis());
    Future<Got> first = post(data(started), stamp, sign(TOKEN, stamp, data(started)));
    Waiting.until("it to be heard", () -> place.heard.size() == 1);
    assertThat(first.isComplete()).isFalse();
    durable.fail(Fault.of(Fault.Code.UNAVAILABLE, "The store does not answer."));
    assertThat(await(first).status()).isEqualTo(503);
    place.taking = Future.succeededFuture();
    assertThat(told(started).status()).isEqualTo(200);
    assertThat(place.heard).hasSize(2);
  }

  @Test
  void forgedOldAndFutureOnesAreNotTaken() throws Exception {
    String data = data(event("meeting.end", "t-3", new JsonObject()));
    String now = Long.toString(clock.millis());
    assertThat(await(post(data, now, sign("guessed", now, data))).status()).isEqualTo(401);
    String other = data(event("meeting.canceled", "t-3", new JsonObject()));
    assertThat(await(post(other, now, sign(TOKEN, now, data))).status()).isEqualTo(401);
    String old = Long.toString(clock.millis() - 3_601_000);
    Got late = await(post(data, old, sign(TOKEN, old, data)));
    assertThat(late.status()).isEqualTo(401);
    assertThat(late.text()).contains("60 minutes").doesNotContain(TOKEN);
    String ahead = Long.toString(clock.millis() + 301_000);
    assertThat(await(post(data, ahead, sign(TOKEN, ahead, data))).status()).isEqualTo(401);
    assertThat(await(post(data, "soon", sign(TOKEN, "soon", data))).status()).isEqualTo(401);
    assertThat(place.heard).isEmpty();
  }

  @Test
  void whatIsNoJsonIsRefused() throws Exception {
    String stamp = Long.toString(clock.millis());
    assertThat(await(send(HttpMethod.POST, "", "data=1", stamp, "x")).status()).isEqualTo(400);
    assertThat(await(send(HttpMethod.POST, "", "[1]", stamp, "x")).status()).isEqualTo(400);
    assertThat(await(post("!!!!", stamp, sign(TOKEN, stamp, "!!!!"))).status()).isEqualTo(400);
    String text = Base64.getEncoder().encodeToString("no json".getBytes(StandardCharsets.UTF_8));
    assertThat(await(post(text, stamp, sign(TOKEN, stamp, text))).status()).isEqualTo(400);
  }

  @Test
  void endsSayWhetherAMeetingMayGoOn() throws Exception {
    for (int type = 0; type <= 3; type++) {
      told(event("meeting.end", "t-end-" + type, new JsonObject().put("meeting_end_type", type)));
    }
    assertThat(place.heard)
        .extracting(each -> ((MeetingEvent.Ended) each).mayReopen())
        .containsExactly(false, false, false, true);
  }

  @Test
  void sentencesOfOneWebhookAreReadWithTheirTranslationsAndBadOnesPassedOver() throws Exception {
    JsonObject good =
        new JsonObject()
            .put("speaker", new JsonObject().put("ms_open_id", "ms1").put("nickname", "王\n芳"))
            .put("speech_time", "1764000001000")
            .put("sid", 12345)
            .put(
                "content",
                new JsonObject()
                    .put("text", " 我们开始 ")
                    .put("language", "zh_CN")
                    .put(
                        "translate",
                        new JsonArray()
                            .add(new JsonObject().put("text", "We begin").put("language", "en"))
                            .add("nonsense")
                            .add(new JsonObject().put("language", "fr"))));
    JsonArray all = new JsonArray().add(good).add(7).add(new JsonObject().put("sid", "2"));
    told(event("meeting.asr-push", "t-5", new JsonObject().put("asr_content", all)));
    assertThat(place.heard).hasSize(1);
    MeetingEvent.Said said = (MeetingEvent.Said) place.heard.get(0);
    assertThat(said.key()).isEqualTo("12345");
    assertThat(said.text()).isEqualTo("我们开始");
    assertThat(said.language()).isEqualTo("zh-CN");
    assertThat(said.at().toEpochMilli()).isEqualTo(1_764_000_001_000L);
    assertThat(said.speaker().name()).isEqualTo("王 芳");
    assertThat(said.speaker().userid()).isNull();
    assertThat(said.translations()).containsExactly(new MeetingEvent.Translation("en", "We begin"));
  }

  @Test
  void whatIsOfNoInterestIsTakenAndForgotten() throws Exception {
    assertThat(told(event("meeting.waiting-room", "t-6", new JsonObject())).status())
        .isEqualTo(200);
    assertThat(told(new JsonObject().put("event", "x").put("payload", "y")).status())
        .isEqualTo(200);
    assertThat(place.heard).isEmpty();
  }
}
