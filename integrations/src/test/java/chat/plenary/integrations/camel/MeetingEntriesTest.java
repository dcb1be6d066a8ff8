package chat.plenary.integrations.camel;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.integrations.meeting.MeetingProviders;
import chat.plenary.integrations.meeting.OpenJitsi;
import chat.plenary.integrations.meeting.UpkeepRoute;
import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.Features;
import chat.plenary.messaging.Waiting;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.caption.CaptionedMeeting;
import chat.plenary.messaging.caption.Captions;
import chat.plenary.messaging.caption.Pushed;
import chat.plenary.messaging.caption.Sentence;
import chat.plenary.messaging.caption.Speaker;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.meeting.MeetingSettings;
import chat.plenary.messaging.meeting.NewMeeting;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.embedded.EmbeddedStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Meetings, their reminders and what is said in them, as routes are told of them. */
class MeetingEntriesTest {
  private final Clock clock = Clock.systemUTC();
  private final List<Exchange> taken = new CopyOnWriteArrayList<>();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Vertx vertx = Vertx.vertx();
  @TempDir Path directory;
  private Store own;
  private MeetingProviders providers;
  private Assembly assembly;
  private Captions captions;
  private Following following;
  private ConversationId group;

  @BeforeEach
  void open() throws Exception {
    own =
        await(
            EmbeddedStore.open(vertx, directory.resolve("own"), Waiting.store())
                .map(opened -> opened));
    providers =
        await(
            MeetingProviders.open(
                vertx,
                own,
                clock,
                new MeetingProviders.Options(
                    List.of(OpenJitsi.options()), List.of(), List.of(), List.of())));
    MeetingSettings settings =
        new MeetingSettings(
            providers.providers(), null, Map.of(), Duration.ofMinutes(10), Duration.ofSeconds(20));
    assembly =
        Assembly.open(
            directory.resolve("data"), store -> store, clock, Features.none().with(settings));
    VertxTimers timers = new VertxTimers(assembly.vertx, clock);
    captions =
        await(
            Captions.open(
                assembly.chat.log(),
                assembly.chat.access(),
                assembly.chat.messages(),
                assembly.chat.history(),
                assembly.store,
                assembly.chat.signals(),
                timers,
                new Captions.Doors(
                    id -> assembly.chat.meetings().find(id).map(Pushed::of),
                    (reader, conversation, seqs, language) -> Future.succeededFuture(Map.of()),
                    meeting -> {})));
    following =
        new Following(
            assembly.vertx,
            assembly.chat,
            assembly.store,
            timers,
            (exchange, failure) -> Future.succeededFuture());
    assembly.start();
    group = assembly.group("talks");
  }

  @AfterEach
  void close() throws Exception {
    camel.stop();
    await(following.settled());
    assembly.close();
    await(providers.close());
    await(own.close());
    await(vertx.close());
  }

  private void route(String events) throws Exception {
    camel.addComponent("plenary", new PlenaryComponent(assembly.chat.messages(), following));
    String uri =
        String.format(
            "plenary:group/%s?as=%s&organisation=%s&events=%s&fromBeginning=true",
            group, assembly.bo.account(), assembly.bo.organisation(), events);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(uri).routeId("reader").process(exchange -> taken.add(exchange.copy()));
          }
        });
    camel.addRoutes(
        new UpkeepRoute(
            assembly.vertx.getOrCreateContext(),
            () -> assembly.chat.meetings().look(),
            Duration.ofMillis(200)));
    camel.start();
  }

  /** Calls a meeting of which the group is reminded in two seconds. */
  private String call() throws Exception {
    JsonObject wish =
        new JsonObject()
            .put("ref", "talk")
            .put("title", "Talk")
            .put("zone", "Europe/Paris")
            .put("start", clock.instant().plus(Duration.ofSeconds(602)).toString());
    return await(
            assembly
                .chat
                .meetings()
                .call(assembly.alice, group, NewMeeting.read(Input.of(wish), clock.instant())))
        .getJsonObject("meeting")
        .getString("id");
  }

  private List<String> headers(String name) {
    return taken.stream().map(one -> one.getMessage().getHeader(name, String.class)).toList();
  }

  private JsonObject said(int index) {
    JsonObject body =
        new JsonObject(taken.get(index).getMessage().getBody(String.class)).getJsonObject("body");
    return body.containsKey("body") ? body.getJsonObject("body") : body;
  }

  @Test
  void aCardAndWhatBecomesOfItAreEventsOfTheMeeting() throws Exception {
    route("meeting");
    String meeting = call();
    until("the card", () -> !taken.isEmpty());
    assembly.post(assembly.alice, group, "m", "no event of a meeting");
    JsonObject cancel = await(cancelled(meeting));
    assertThat(cancel.getString("state")).isEqualTo("cancelled");
    until("the card to be changed", () -> last().getString("state").equals("cancelled"));
    assertThat(headers(PlenaryHeaders.EVENT)).containsOnly("meeting");
    assertThat(headers(PlenaryHeaders.MEETING)).containsOnly(meeting);
    assertThat(headers(PlenaryHeaders.TYPE)).containsOnly("meeting");
    assertThat(taken.get(taken.size() - 1).getMessage().getHeader(PlenaryHeaders.OF))
        .isEqualTo(taken.get(0).getMessage().getHeader(PlenaryHeaders.SEQ));
  }

  private JsonObject last() {
    return said(taken.size() - 1).getJsonObject("meeting");
  }

  private Future<JsonObject> cancelled(String meeting) {
    return assembly.chat.meetings().cancel(assembly.alice, meeting);
  }

  @Test
  void captionsAndTheirCorrectionsAreEvents() throws Exception {
    String id = call();
    route("caption");
    CaptionedMeeting meeting = Pushed.of(await(assembly.chat.meetings().find(id))).orElseThrow();
    Instant now = clock.instant();
    await(captions.take(meeting, sentence("We open the meeting.", now)));
    await(captions.take(meeting, sentence("We open this meeting.", now.plusSeconds(1))));
    until("both", () -> taken.size() == 2);
    assertThat(headers(PlenaryHeaders.EVENT)).containsOnly("caption");
    assertThat(headers(PlenaryHeaders.MEETING)).containsOnly(id);
    assertThat(said(0).getString("text")).isEqualTo("We open the meeting.");
    assertThat(said(1).getString("text")).isEqualTo("We open this meeting.");
    assertThat(taken.get(1).getMessage().getHeader(PlenaryHeaders.OF))
        .isEqualTo(taken.get(0).getMessage().getHeader(PlenaryHeaders.SEQ));
  }

  private static Sentence sentence(String text, Instant at) {
    return new Sentence(
        "jitsi/1",
        new Speaker(null, "Alice"),
        "en",
        text,
        at,
        at,
        List.of(),
        Sentence.By.PROVIDER,
        true,
        false);
  }

  @Test
  void aReminderIsAnEventOnceAndNobodyElseCanMakeOne() throws Exception {
    route("reminder");
    String meeting = call();
    String forged = "reminder/" + meeting + "/9/10";
    await(
        assembly
            .chat
            .messages()
            .post(assembly.alice, group, new Ref(forged), MessageBody.text("forged"), "p"));
    until("the reminder", () -> !taken.isEmpty());
    assembly.post(assembly.alice, group, "m", "no reminder");
    Thread.sleep(1_000);
    assertThat(taken).hasSize(1);
    assertThat(headers(PlenaryHeaders.EVENT)).containsExactly("reminder");
    assertThat(headers(PlenaryHeaders.MEETING)).containsExactly(meeting);
    assertThat(headers(PlenaryHeaders.SENDER))
        .containsExactly(Caller.service(assembly.alice.organisation()).account().value());
    assertThat(said(0).getString("text")).startsWith("Talk begins in 10 minutes");
  }
}
