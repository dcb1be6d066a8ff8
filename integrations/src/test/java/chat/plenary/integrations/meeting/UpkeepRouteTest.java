package chat.plenary.integrations.meeting;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.integrations.meeting.jitsi.JitsiMeet;
import chat.plenary.integrations.route.ShippedRoutes;
import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.SlowStore;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.meeting.MeetingNodes;
import chat.plenary.messaging.meeting.MeetingSettings;
import chat.plenary.messaging.meeting.Meetings;
import chat.plenary.messaging.meeting.NewMeeting;
import chat.plenary.messaging.message.EntryView;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The route by which meetings are looked after: two nodes over one log, each with its own. */
class UpkeepRouteTest {
  private static final Duration PERIOD = Duration.ofMillis(100);

  private final Clock clock = Clock.systemUTC();
  private final List<DefaultCamelContext> started = new ArrayList<>();
  @TempDir Path directory;
  private MeetingNodes nodes;
  private SlowStore store;
  private Assembly assembly;
  private Meetings other;
  private ConversationId group;

  @BeforeEach
  void open() throws Exception {
    nodes =
        MeetingNodes.open(
            directory,
            clock,
            MeetingSettings.of(List.of(new JitsiMeet(OpenJitsi.options(), clock))));
    store = nodes.store();
    assembly = nodes.assembly();
    other = nodes.other();
    group = assembly.group("talks");
  }

  @AfterEach
  void close() throws Exception {
    started.forEach(DefaultCamelContext::stop);
    nodes.close();
  }

  /** A node's context with the route. */
  private record Node(DefaultCamelContext camel, ShippedRoutes shipped) {
    ShippedRoutes.Standing standing() {
      return shipped.of(UpkeepRoute.ID);
    }

    void suspend() throws Exception {
      camel.getRouteController().suspendRoute(UpkeepRoute.ID);
    }

    void resume() throws Exception {
      camel.getRouteController().resumeRoute(UpkeepRoute.ID);
    }
  }

  private Node node(Supplier<Future<Void>> look) throws Exception {
    DefaultCamelContext camel = new DefaultCamelContext();
    started.add(camel);
    ShippedRoutes shipped = ShippedRoutes.in(camel);
    camel.addRoutes(new UpkeepRoute(assembly.vertx.getOrCreateContext(), look, PERIOD));
    camel.start();
    return new Node(camel, shipped);
  }

  private Node first() throws Exception {
    return node(() -> assembly.chat.meetings().look());
  }

  private Node second() throws Exception {
    return node(() -> other.look());
  }

  /** Calls a meeting of which the group is reminded in a second. */
  private void call() throws Exception {
    JsonObject wish =
        new JsonObject()
            .put("ref", "talk")
            .put("title", "Talk")
            .put("zone", "Europe/Paris")
            .put("start", clock.instant().plus(Duration.ofSeconds(601)).toString());
    NewMeeting meeting = NewMeeting.read(Input.of(wish), clock.instant());
    await(assembly.chat.meetings().call(assembly.alice, group, meeting));
  }

  private List<String> reminders() throws Exception {
    List<String> texts = new ArrayList<>();
    for (EntryView entry : assembly.history(assembly.alice, group)) {
      JsonObject body = entry.toJson().getJsonObject("body");
      if (body != null && "system".equals(body.getString("type"))) {
        texts.add(body.getString("text"));
      }
    }
    return texts;
  }

  private void untilReminded() throws Exception {
    until("the reminder", () -> !reminders().isEmpty());
    Thread.sleep(5 * PERIOD.toMillis());
    assertThat(reminders()).hasSize(1);
    assertThat(reminders().get(0)).startsWith("Talk begins in 10 minutes");
  }

  @Test
  void twoNodesThatBothLookRemindOnce() throws Exception {
    Node one = first();
    Node two = second();
    call();
    untilReminded();
    assertThat(one.standing().state()).isEqualTo("started");
    assertThat(one.standing().exchanges()).isPositive();
    assertThat(two.standing().exchanges()).isPositive();
    assertThat(one.standing().failures() + two.standing().failures()).isZero();
    assertThat(assembly.chat.meetings().sinceLooked()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void withoutTheRouteNobodyIsRemindedAndOneThatStartsLateDoesWhatIsDue() throws Exception {
    call();
    Thread.sleep(1_500);
    assertThat(reminders()).isEmpty();
    assertThat(assembly.chat.meetings().sinceLooked()).isGreaterThan(Duration.ofSeconds(1));
    first();
    untilReminded();
  }

  @Test
  void aRunThatFailsIsCountedAndTheNextOneDoesIt() throws Exception {
    store.before(
        (doing, collection) ->
            collection.equals("meetings") && doing == SlowStore.Doing.READ
                ? Future.failedFuture("the store is away")
                : Future.succeededFuture());
    Node one = first();
    until("runs that fail", () -> one.standing().failures() >= 2);
    assertThat(one.standing().state()).isEqualTo("started");
    store.before((doing, collection) -> Future.succeededFuture());
    call();
    untilReminded();
  }

  @Test
  void aRouteThatIsSuspendedStandsThereAsSuchAndTheOtherNodeDoesItsWork() throws Exception {
    Node one = first();
    until("a run", () -> one.standing().exchanges() > 0);
    one.suspend();
    assertThat(one.standing().state()).isEqualTo("suspended");
    call();
    Thread.sleep(1_500);
    assertThat(reminders()).isEmpty();
    Node two = second();
    untilReminded();
    long before = one.standing().exchanges();
    one.resume();
    until("a run again", () -> one.standing().exchanges() > before);
    untilReminded();
    assertThat(two.standing().failures()).isZero();
  }

  @Test
  void noRunBeginsBeforeTheOneBeforeIsOver() throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger runs = new AtomicInteger();
    Node one =
        node(
            () -> {
              runs.incrementAndGet();
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              assertThat(Context.isOnEventLoopThread()).isTrue();
              Promise<Void> slow = Promise.promise();
              assembly.vertx.setTimer(
                  3 * PERIOD.toMillis(),
                  id -> {
                    underWay.decrementAndGet();
                    slow.complete();
                  });
              return slow.future();
            });
    until("three runs", () -> runs.get() >= 3);
    assertThat(most).hasValue(1);
    assertThat(one.standing().failures()).isZero();
  }

  @Test
  void whoeverAsksWhileALookIsUnderWayGetsThatOne() throws Exception {
    Promise<Void> away = Promise.promise();
    AtomicInteger reads = new AtomicInteger();
    store.before(
        (doing, collection) -> {
          if (!collection.equals("meetings")) {
            return Future.succeededFuture();
          }
          reads.incrementAndGet();
          return away.future();
        });
    Future<Void> first = other.look();
    Future<Void> again = other.look();
    away.complete();
    await(Future.join(first, again));
    assertThat(reads).hasValue(1);
  }
}
