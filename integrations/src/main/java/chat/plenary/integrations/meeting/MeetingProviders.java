package chat.plenary.integrations.meeting;

import chat.plenary.integrations.meeting.bigbluebutton.BigBlueButton;
import chat.plenary.integrations.meeting.bigbluebutton.BigBlueButtonOptions;
import chat.plenary.integrations.meeting.bigbluebutton.BigBlueButtonWebhook;
import chat.plenary.integrations.meeting.jitsi.JitsiMeet;
import chat.plenary.integrations.meeting.jitsi.JitsiOptions;
import chat.plenary.integrations.meeting.livekit.LiveKit;
import chat.plenary.integrations.meeting.livekit.LiveKitOptions;
import chat.plenary.integrations.meeting.livekit.LiveKitWebhook;
import chat.plenary.integrations.meeting.tencent.TencentMeeting;
import chat.plenary.integrations.meeting.tencent.TencentOptions;
import chat.plenary.integrations.meeting.tencent.TencentWebhook;
import chat.plenary.integrations.meeting.wire.Line;
import chat.plenary.integrations.meeting.wire.Webhook;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.meeting.MeetingEvents;
import chat.plenary.messaging.meeting.MeetingProvider;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultCamelContextNameStrategy;
import org.apache.camel.impl.engine.DefaultShutdownStrategy;

/**
 * The meeting services of a configuration. They stand before messaging is opened, which is given
 * them; what they post is taken when messaging is there to take it ({@link #routes}). So they have
 * a CamelContext of their own.
 */
public final class MeetingProviders {
  private static final long STOP_SECONDS = 5;

  private final Vertx vertx;
  private final CamelContext camel;
  private final Store store;
  private final Clock clock;
  private final List<MeetingProvider> providers = new ArrayList<>();
  private final Map<String, Webhook> webhooks = new LinkedHashMap<>();
  private final List<Line> lines = new ArrayList<>();

  private MeetingProviders(Vertx vertx, CamelContext camel, Store store, Clock clock) {
    this.vertx = vertx;
    this.camel = camel;
    this.store = store;
    this.clock = clock;
  }

  /**
   * What is configured; names are unique among all.
   *
   * @param jitsi Jitsi Meet servers
   * @param tencent applications of Tencent Meeting
   * @param bigBlueButton BigBlueButton servers
   * @param liveKit LiveKit servers
   */
  public record Options(
      List<JitsiOptions> jitsi,
      List<TencentOptions> tencent,
      List<BigBlueButtonOptions> bigBlueButton,
      List<LiveKitOptions> liveKit) {
    public Options {
      jitsi = List.copyOf(jitsi);
      tencent = List.copyOf(tencent);
      bigBlueButton = List.copyOf(bigBlueButton);
      liveKit = List.copyOf(liveKit);
      List<String> names = new ArrayList<>();
      jitsi.forEach(each -> names.add(each.name()));
      tencent.forEach(each -> names.add(each.name()));
      bigBlueButton.forEach(each -> names.add(each.name()));
      liveKit.forEach(each -> names.add(each.name()));
      if (names.stream().distinct().count() < names.size()) {
        throw new IllegalArgumentException("two meeting providers have the same name");
      }
    }

    /** No provider. */
    public static Options none() {
      return new Options(List.of(), List.of(), List.of(), List.of());
    }
  }

  /** Opens what is configured; no service is called for it. */
  public static Future<MeetingProviders> open(
      Vertx vertx, Store store, Clock clock, Options options) {
    return vertx
        .executeBlocking(MeetingProviders::context)
        .map(camel -> new MeetingProviders(vertx, camel, store, clock))
        .compose(
            opened -> opened.open(options).map(opened).recover(failure -> opened.failed(failure)));
  }

  private static CamelContext context() {
    DefaultCamelContext camel = new DefaultCamelContext();
    DefaultShutdownStrategy stop = new DefaultShutdownStrategy(camel);
    stop.setTimeUnit(TimeUnit.SECONDS);
    stop.setTimeout(STOP_SECONDS);
    stop.setShutdownNowOnTimeout(true);
    camel.setShutdownStrategy(stop);
    camel.setNameStrategy(new DefaultCamelContextNameStrategy("plenary-meetings"));
    camel.start();
    return camel;
  }

  private Future<MeetingProviders> failed(Throwable failure) {
    return close().transform(closed -> Future.failedFuture(failure));
  }

  private Future<Void> open(Options options) {
    options.jitsi().forEach(jitsi -> add(new JitsiMeet(jitsi, clock)));
    Future<Void> done = Future.succeededFuture();
    for (TencentOptions each : options.tencent()) {
      done =
          done.compose(v -> line(each.name(), each.title(), each.limits()))
              .onSuccess(line -> tencent(each, line))
              .mapEmpty();
    }
    for (BigBlueButtonOptions each : options.bigBlueButton()) {
      done =
          done.compose(v -> line(each.name(), each.title(), each.limits()))
              .onSuccess(line -> bigBlueButton(each, line))
              .mapEmpty();
    }
    for (LiveKitOptions each : options.liveKit()) {
      done =
          done.compose(v -> line(each.name(), each.title(), each.limits()))
              .onSuccess(line -> liveKit(each, line))
              .mapEmpty();
    }
    return done;
  }

  private void tencent(TencentOptions options, Line line) {
    add(new TencentMeeting(options, line, store, clock));
    if (!options.token().isEmpty()) {
      webhooks.put(options.name(), new TencentWebhook(options, store, clock));
    }
  }

  private void bigBlueButton(BigBlueButtonOptions options, Line line) {
    add(new BigBlueButton(options, line));
    if (options.hooks()) {
      webhooks.put(options.name(), new BigBlueButtonWebhook(options, clock));
    }
  }

  private void liveKit(LiveKitOptions options, Line line) {
    add(new LiveKit(options, line, clock));
    webhooks.put(options.name(), new LiveKitWebhook(options, clock));
  }

  private Future<Line> line(String name, String title, Line.Limits limits) {
    return Line.open(vertx, camel, name, title, limits).onSuccess(lines::add);
  }

  private void add(MeetingProvider provider) {
    providers.add(new BoundedProvider(provider));
  }

  /** The providers, in the order Jitsi, Tencent Meeting, BigBlueButton, LiveKit. */
  public List<MeetingProvider> providers() {
    return List.copyOf(providers);
  }

  /**
   * The endpoints to which services post: {@code /hooks/meetings/{provider}}. To be asked for once.
   *
   * @param events who takes what they tell
   */
  public Future<List<Route>> routes(MeetingEvents events) {
    return vertx.executeBlocking(
        () -> {
          camel.addRoutes(new WebhookRoute(Map.copyOf(webhooks), events));
          return new MeetingHookRoutes(vertx, camel, webhooks).routes();
        });
  }

  /** Lets what is under way finish, for at most 5 s, and stops. */
  public Future<Void> close() {
    return vertx
        .<Void>executeBlocking(
            () -> {
              camel.stop();
              return null;
            })
        .compose(v -> Future.join(lines.stream().map(Line::close).toList()).mapEmpty());
  }
}
