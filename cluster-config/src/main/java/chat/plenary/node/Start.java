package chat.plenary.node;

import chat.plenary.bots.Bots;
import chat.plenary.integrations.Integrations;
import chat.plenary.integrations.RoutesOfOperators;
import chat.plenary.integrations.deadletter.Redelivery;
import chat.plenary.integrations.meeting.MeetingProviders;
import chat.plenary.messaging.Chat;
import chat.plenary.messaging.Features;
import chat.plenary.messaging.account.Secret;
import chat.plenary.messaging.cluster.HazelcastCluster;
import chat.plenary.messaging.cluster.VertxBus;
import chat.plenary.messaging.conversation.Limits;
import chat.plenary.messaging.gateway.Gateway;
import chat.plenary.messaging.gateway.OperatorRoutes;
import chat.plenary.messaging.http.Pages;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.log.Lanes;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.meeting.MeetingSettings;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.embedded.EmbeddedStore;
import chat.plenary.node.backup.SnapshotServer;
import chat.plenary.node.configuration.Configuration;
import chat.plenary.node.demo.Demo;
import chat.plenary.node.demo.Filling;
import chat.plenary.simulator.meeting.SimulatorOptions;
import chat.plenary.simulator.meeting.TencentMeetingSimulator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node from its start to its end. {@link #open} shows what it is made of and in which order; what
 * was opened is closed in the reverse order.
 */
final class Start {
  private static final Logger LOGGER = LoggerFactory.getLogger(Start.class);

  private final Configuration configuration;
  private final StopSignals signals = StopSignals.listen();
  private final Parts parts;
  private volatile boolean stopping;

  Start(Configuration configuration) {
    this.configuration = configuration;
    this.parts = new Parts(configuration, signals.stop());
  }

  /** Runs the node until it is told to stop; what the process is to end with. */
  int run() {
    Logs.configure(configuration.logging());
    try {
      open();
      signals.stop().await();
      LOGGER.info("stopping");
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Failure.FAILED;
    } finally {
      stopping = true;
      parts.close();
      signals.finished();
    }
  }

  private void open() {
    Clock clock = Clock.systemUTC();
    TlsFiles.check(configuration.tls());
    Address address = Address.of(configuration);
    Metrics metrics = new Metrics(configuration.metrics().token());

    Vertx vertx = parts.open("cluster", () -> vertx(metrics), Vertx::close);
    parts.on(vertx.getOrCreateContext());
    Timers timers = new VertxTimers(vertx, clock);
    VertxBus bus = parts.step("bus", () -> VertxBus.open(vertx));
    Store opened =
        parts.open("store", () -> Storage.open(vertx, configuration, clock), Store::close);
    Store store = new TimedStore(opened, metrics.registry());
    Services.@Nullable Simulated simulated = simulated(vertx, clock);
    MeetingProviders holders =
        parts.open(
            "meeting services",
            () -> MeetingProviders.open(vertx, store, clock, holders(address, simulated)),
            MeetingProviders::close);
    Chat chat =
        parts.open(
            "log",
            () ->
                Chat.open(
                    store,
                    bus,
                    timers,
                    Lanes.contexts(vertx, lanes()),
                    limits(),
                    Features.none().with(meetings(holders))),
            Chat::close);
    metrics.watch(chat);
    Bots bots =
        parts.open(
            "bots",
            () ->
                Bots.open(
                    vertx,
                    chat,
                    store,
                    timers,
                    new Bots.Options(configuration.demo(), address.publicUrl())),
            Bots::close);
    Integrations integrations =
        parts.open(
            "integrations",
            () -> Integrations.open(vertx, chat, store, clock, address.publicUrl(), integrations()),
            Integrations::close);
    Interpreting interpreting =
        Interpreting.open(parts, vertx, bus, chat, store, timers, configuration, simulated != null);
    metrics.watch(interpreting.translations());
    metrics.watch(interpreting.voices());
    // Whoever listens to the log is there by now.
    parts.step("log", chat::start);
    parts.step("routes", integrations::start);
    if (opened instanceof EmbeddedStore embedded) {
      parts.open(
          "snapshots",
          () -> SnapshotServer.open(vertx, embedded, configuration.data()),
          SnapshotServer::close);
    }
    metrics.watch(integrations.shipped(), chat.meetings());

    JsonObject demo =
        configuration.demo()
            ? parts.step(
                "demonstration", () -> demo(chat, bots, integrations, store, timers, address))
            : null;
    Pages pages = Browser.pages();
    List<Route> routes = new ArrayList<>(bots.routes());
    routes.addAll(integrations.routes());
    routes.addAll(interpreting.routes());
    routes.addAll(parts.step("meeting services", () -> holders.routes(chat.meetingEvents())));
    routes.addAll(
        new OperatorRoutes(chat.accounts(), chat.organisations(), configuration.operatorToken())
            .routes());
    routes.addAll(new Health(chat.log(), store, () -> stopping).routes());
    routes.add(metrics.route());
    parts.open(
        "server",
        () -> Gateway.open(vertx, chat, routes, pages, interpreting.speeches(), serving(address)),
        Gateway::close);
    if (simulated != null) {
      // It tries until the address answers, or for a minute: nobody waits for it.
      simulated
          .service()
          .registerWhenThere(
              "http://" + address.host() + ":" + address.port() + "/hooks/meetings/tencent")
          .onFailure(failure -> LOGGER.warn("the simulated meetings tell nothing", failure));
    }
    Secret setUp =
        demo != null ? null : parts.step("set-up link", () -> chat.organisations().setUp().offer());
    new Screen(configuration, address).show(demo, setUp);
  }

  private Future<JsonObject> demo(
      Chat chat,
      Bots bots,
      Integrations integrations,
      Store store,
      Timers timers,
      Address address) {
    Filling filling = new Filling(chat, integrations.hooks(), bots.surveys(), address.publicUrl());
    return new Demo(store, timers, filling).facts();
  }

  /** The demonstration has meetings without an account: of a service that only plays one. */
  private Services.@Nullable Simulated simulated(Vertx vertx, Clock clock) {
    if (!configuration.demo()
        || configuration.cluster().on()
        || configuration.tls().certificate() != null
        || configuration.meetings().tencent().appId() != null) {
      return null;
    }
    SimulatorOptions options = Services.Simulated.on("127.0.0.1", clock);
    TencentMeetingSimulator service =
        parts.open(
            "simulated meetings",
            () -> TencentMeetingSimulator.start(vertx, options),
            TencentMeetingSimulator::close);
    return new Services.Simulated(service, options);
  }

  private MeetingProviders.Options holders(
      Address address, Services.@Nullable Simulated simulated) {
    return Services.meetings(configuration.meetings(), address.publicUrl(), simulated);
  }

  private MeetingSettings meetings(MeetingProviders holders) {
    MeetingSettings usual = MeetingSettings.of(holders.providers());
    return new MeetingSettings(
        usual.providers(),
        configuration.meetings().standard(),
        usual.organisations(),
        usual.reminder(),
        usual.patience());
  }

  private Integrations.Options integrations() {
    Configuration.Routes routes = configuration.routes();
    return new Integrations.Options(
        new RoutesOfOperators.Options(
            routes.folder(), Set.copyOf(routes.schemes()), routes.hosts(), Redelivery.standard()));
  }

  private Gateway.Options serving(Address address) {
    Path certificate = configuration.tls().certificate();
    Path key = configuration.tls().key();
    return new Gateway.Options(
        address.host(),
        address.port(),
        certificate == null || key == null
            ? null
            : new Gateway.Tls(certificate.toString(), key.toString()),
        address.origins(),
        configuration.trustedProxies(),
        (int) configuration.requests().body().bytes(),
        new Gateway.ServerInfo(version(), configuration.demo()));
  }

  /** As the build wrote it into the jar. */
  static String version() {
    String version = Start.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private Future<Vertx> vertx(Metrics metrics) {
    VertxOptions options = Metrics.options(new VertxOptions()).setPreferNativeTransport(true);
    Configuration.Cluster cluster = configuration.cluster();
    return cluster.on()
        ? HazelcastCluster.start(
            cluster.name(),
            cluster.host(),
            cluster.port(),
            cluster.busPort(),
            cluster.members(),
            cluster.patience(),
            options,
            metrics::count)
        : Future.succeededFuture(metrics.count(Vertx.builder().with(options)).build());
  }

  /**
   * Event loops on which the log works: one a core, so that no lane waits for another without need,
   * out of two a core, so that sockets are served meanwhile.
   */
  private static int lanes() {
    return Math.max(2, Math.min(16, Runtime.getRuntime().availableProcessors()));
  }

  private Chat.Options limits() {
    Configuration.Groups groups = configuration.groups();
    Configuration.SignIn signIn = configuration.signIn();
    Chat.Options defaults = Chat.Options.defaults();
    return new Chat.Options(
        new Limits(groups.members(), groups.recall(), groups.edit()),
        new chat.plenary.messaging.account.Limits(
            signIn.accountAttempts(),
            signIn.accountRefill(),
            signIn.addressAttempts(),
            signIn.addressRefill(),
            signIn.passwordWorkers(),
            signIn.passwordQueue(),
            signIn.accessToken(),
            signIn.sessionIdle(),
            signIn.ticket()),
        defaults.issuer(),
        defaults.statesInMemory());
  }
}
