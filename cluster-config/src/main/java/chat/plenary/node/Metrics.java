package chat.plenary.node;

import chat.plenary.integrations.route.ShippedRoutes;
import chat.plenary.messaging.Chat;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.log.Counters;
import chat.plenary.messaging.meeting.Meetings;
import chat.plenary.messaging.translation.Cost;
import chat.plenary.messaging.translation.Translations;
import chat.plenary.messaging.voice.VoiceCounts;
import chat.plenary.messaging.voice.Voices;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.micrometer.VertxPrometheusOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What a node counts and times, for Prometheus at {@code /metrics}. */
final class Metrics {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final Set<String> HERE = Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final @Nullable String token;

  /**
   * Begins to count what the process takes.
   *
   * @param token whoever shows it may read from anywhere; null: nobody
   */
  Metrics(@Nullable String token) {
    this.token = token;
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  /** Has Vert.x count its sockets, requests, loops and messages between nodes. */
  VertxBuilder count(VertxBuilder builder) {
    return builder.withMetrics(new MicrometerMetricsFactory(registry));
  }

  /** What {@link #count} needs among the options. */
  static VertxOptions options(VertxOptions options) {
    return options.setMetricsOptions(
        new MicrometerMetricsOptions()
            .setEnabled(true)
            .setPrometheusOptions(new VertxPrometheusOptions().setEnabled(true)));
  }

  /** Shows what the log does. */
  void watch(Chat chat) {
    Counters counters = chat.log().counters();
    counter("accepted", "Commands that stand in the log", counters, Counters::accepted);
    counter("refused", "Commands that were refused", counters, Counters::refused);
    counter("unknown", "Commands whose fate was not known in time", counters, Counters::unknown);
    counter("races.lost", "Runs that had to go round again", counters, Counters::lostRaces);
    counter("catchups", "Readings of what is beyond a tail", counters, Counters::catchUps);
    counter("rings.sent", "Runs told to other nodes", counters, Counters::ringsSent);
    counter("rings.heard", "Runs heard of from other nodes", counters, Counters::ringsHeard);
    counter("handed.over", "Commands given to a lane's owner", counters, Counters::handedOver);
    Gauge.builder("plenary.log.waiting", chat.log(), log -> log.waiting())
        .description("Commands that wait")
        .register(registry);
    Gauge.builder("plenary.fresh", chat.log(), log -> log.isFresh() ? 1 : 0)
        .description("Whether the lease of freshness is good (1), and sockets are written to")
        .register(registry);
  }

  /** Shows what each engine was given and what it made of it. */
  void watch(Translations translations) {
    translations
        .costs()
        .forEach(
            (engine, cost) -> {
              Tags tags = Tags.of("engine", engine);
              engine("texts", "Texts that were given to it", tags, cost, Cost::texts);
              engine(
                  "characters", "Characters that were given to it", tags, cost, Cost::characters);
              engine(
                  "failures", "Texts not translated, or not in time", tags, cost, Cost::failures);
              engine("refused", "Answers that were no translations", tags, cost, Cost::implausible);
              engine("hits", "Texts that it had translated before", tags, cost, Cost::hits);
              engine("skipped", "Texts that it was not given", tags, cost, Cost::skipped);
            });
  }

  /** Shows what goes through the routes that are shipped, and since when meetings were left. */
  void watch(ShippedRoutes routes, Meetings meetings) {
    for (ShippedRoutes.Standing one : routes.all()) {
      String id = one.id();
      Tags tags = Tags.of("route", id);
      FunctionCounter.builder("plenary.route.exchanges", routes, all -> all.of(id).exchanges())
          .description("Exchanges that are done")
          .tags(tags)
          .register(registry);
      FunctionCounter.builder("plenary.route.failures", routes, all -> all.of(id).failures())
          .description("Exchanges that failed")
          .tags(tags)
          .register(registry);
      Gauge.builder(
              "plenary.route.started", routes, all -> all.of(id).state().equals("started") ? 1 : 0)
          .description("Whether it runs (1), or is suspended or stopped")
          .tags(tags)
          .register(registry);
    }
    Gauge.builder(
            "plenary.meeting.upkeep.age.seconds",
            meetings,
            all -> all.sinceLooked().toMillis() / 1_000.0)
        .description("Since meetings were last looked after")
        .register(registry);
  }

  /** Shows who listens to voices, and what came of them. */
  void watch(Voices voices) {
    Gauge.builder("plenary.voice.listeners", voices, Voices::listeners)
        .description("Members who listen now")
        .register(registry);
    Gauge.builder("plenary.voice.languages", voices, Voices::languages)
        .description("Languages of meetings that are listened to now")
        .register(registry);
    VoiceCounts counts = voices.counts();
    voice("sent", "Voice that was written to listeners", Tags.empty(), counts, VoiceCounts::sent);
    String lost = "Voice that fell away";
    voice("lost", lost, Tags.of("where", "listener"), counts, VoiceCounts::slow);
    voice("lost", lost, Tags.of("where", "language"), counts, VoiceCounts::late);
    voice("lost", lost, Tags.of("where", "node"), counts, VoiceCounts::far);
    counts
        .engines()
        .forEach(
            (engine, of) -> {
              Tags tags = Tags.of("engine", engine);
              voice("spoken", "Voice that it gave", tags, of, VoiceCounts.Engine::spoken);
              FunctionCounter.builder("plenary.voice.failures", of, VoiceCounts.Engine::failures)
                  .description("Sentences not spoken, or speeches that broke off")
                  .tags(tags)
                  .register(registry);
            });
  }

  private <T> void voice(
      String name, String what, Tags tags, T counts, ToDoubleFunction<T> milliseconds) {
    FunctionCounter.builder(
            "plenary.voice." + name + ".seconds",
            counts,
            of -> milliseconds.applyAsDouble(of) / 1_000)
        .description(what)
        .tags(tags)
        .register(registry);
  }

  private void engine(
      String name, String description, Tags tags, Cost cost, ToDoubleFunction<Cost> count) {
    FunctionCounter.builder("plenary.translation." + name, cost, count)
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private void counter(
      String name, String what, Counters counters, ToDoubleFunction<Counters> value) {
    FunctionCounter.builder("plenary.log." + name, counters, value)
        .description(what)
        .register(registry);
  }

  Route route() {
    return new Route(
        HttpMethod.GET,
        "/metrics",
        Route.Access.PUBLIC,
        "What this node counts and times, for Prometheus; for its own machine, or with the token of metrics.token.",
        null,
        null,
        this::scrape);
  }

  private Future<Response> scrape(Request request) {
    if (!mayRead(request)) {
      return Future.failedFuture(Fault.notFound("page"));
    }
    return Future.succeededFuture(
        Response.of(TYPE, Buffer.buffer(registry.scrape())).with("cache-control", "no-store"));
  }

  /** A request that came by a proxy is not of this machine, wherever the proxy is. */
  private boolean mayRead(Request request) {
    boolean direct =
        request.header("x-forwarded-for") == null && request.header("forwarded") == null;
    return (direct && HERE.contains(request.remoteAddress())) || shows(request);
  }

  private boolean shows(Request request) {
    String authorization = request.header("authorization");
    return token != null
        && authorization != null
        && MessageDigest.isEqual(
            ("Bearer " + token).getBytes(StandardCharsets.UTF_8),
            authorization.getBytes(StandardCharsets.UTF_8));
  }
}
