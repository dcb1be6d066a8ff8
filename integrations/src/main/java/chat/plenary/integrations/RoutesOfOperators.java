package chat.plenary.integrations;

import chat.plenary.integrations.camel.Following;
import chat.plenary.integrations.camel.PlenaryComponent;
import chat.plenary.integrations.deadletter.DeadLetterRoutes;
import chat.plenary.integrations.deadletter.DeadLetters;
import chat.plenary.integrations.deadletter.Redelivery;
import chat.plenary.integrations.route.RouteFileRoutes;
import chat.plenary.integrations.route.RouteFiles;
import chat.plenary.integrations.route.ShippedRoutes;
import chat.plenary.integrations.webhook.Addresses;
import chat.plenary.integrations.webhook.Inbound;
import chat.plenary.integrations.webhook.OutgoingHttp;
import chat.plenary.integrations.webhook.WebhookComponent;
import chat.plenary.integrations.webhook.WebhookTemplates;
import chat.plenary.messaging.Chat;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultCamelContextNameStrategy;
import org.apache.camel.impl.engine.DefaultShutdownStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Operators' routes, in a context of their own: nothing of the shipped routes can be called from
 * them. With what they need: consumers, webhooks, dead letters.
 */
public final class RoutesOfOperators {
  private static final long STOP_SECONDS = 5;

  private final Chat chat;
  private final Vertx vertx;
  private final Clock clock;
  private final Options options;
  private final DeadLetters letters;
  private final Following following;
  private final Inbound inbound;
  private final Addresses addresses;
  private final @Nullable RouteFiles files;

  private RoutesOfOperators(Vertx vertx, Chat chat, Store store, Clock clock, Options options) {
    this.chat = chat;
    this.vertx = vertx;
    this.clock = clock;
    this.options = options;
    this.letters = new DeadLetters(store, clock, this::organisation);
    this.following = new Following(vertx, chat, store, new VertxTimers(vertx, clock), letters);
    this.inbound = new Inbound(clock);
    this.addresses = new Addresses(options.hosts());
    Path folder = options.folder();
    this.files =
        folder == null
            ? null
            : RouteFiles.over(
                vertx,
                clock,
                store,
                folder,
                options.schemes(),
                this::components,
                DeadLetters::isKept);
  }

  /**
   * What is configured.
   *
   * @param folder the folder that is watched; null for none
   * @param schemes what endpoints may begin with
   * @param hosts hosts that may be called though they are in an inner network
   * @param redelivery how often what failed is tried again
   */
  public record Options(
      @Nullable Path folder, Set<String> schemes, List<String> hosts, Redelivery redelivery) {
    /** Schemes that are allowed unless others are named. */
    public static final List<String> SCHEMES =
        List.of("direct", "http", "https", "log", "plenary", "plenary-webhook", "seda", "timer");

    public Options {
      schemes = Set.copyOf(schemes);
      hosts = List.copyOf(hosts);
      Set<String> unknown = new TreeSet<>(schemes);
      SCHEMES.forEach(unknown::remove);
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException(
            "schemes can be of " + String.join(", ", SCHEMES) + ": " + unknown);
      }
    }

    /** No folder. */
    public static Options none() {
      return new Options(null, Set.copyOf(SCHEMES), List.of(), Redelivery.standard());
    }
  }

  static RoutesOfOperators of(Vertx vertx, Chat chat, Store store, Clock clock, Options options) {
    return new RoutesOfOperators(vertx, chat, store, clock, options);
  }

  private String organisation(String route) {
    return files == null ? "" : files.organisation(route);
  }

  private void components(DefaultCamelContext camel, boolean onlyChecks) {
    try {
      DefaultShutdownStrategy stop = new DefaultShutdownStrategy(camel);
      stop.setTimeUnit(TimeUnit.SECONDS);
      stop.setTimeout(STOP_SECONDS);
      stop.setShutdownNowOnTimeout(true);
      camel.setShutdownStrategy(stop);
      camel.setNameStrategy(
          new DefaultCamelContextNameStrategy(onlyChecks ? "plenary-checks" : "plenary-operators"));
      camel.addComponent(
          "plenary",
          onlyChecks
              ? new PlenaryComponent(null, null)
              : new PlenaryComponent(chat.messages(), following));
      camel.addComponent(
          "plenary-webhook",
          new WebhookComponent(vertx, addresses, onlyChecks ? null : inbound, clock));
      camel.addComponent("http", OutgoingHttp.component(addresses));
      camel.addComponent("https", OutgoingHttp.component(addresses));
      camel.addRoutes(new WebhookTemplates());
      options.redelivery().install(camel, letters);
    } catch (Exception e) {
      throw new IllegalStateException("the context of routes cannot be made", e);
    }
  }

  Future<Void> prepare() {
    return letters.prepare();
  }

  Future<Void> start() {
    return files == null ? Future.succeededFuture() : files.start();
  }

  Following following() {
    return following;
  }

  Inbound inbound() {
    return inbound;
  }

  List<Route> routes(ShippedRoutes shipped) {
    String node = ManagementFactory.getRuntimeMXBean().getName();
    List<Route> all =
        new ArrayList<>(new RouteFileRoutes(files, shipped, chat.organisations(), node).routes());
    all.addAll(
        new DeadLetterRoutes(
                vertx,
                route -> files == null ? null : files.consumer(route),
                letters,
                chat.organisations(),
                clock)
            .routes());
    return all;
  }

  Future<Void> close() {
    Future<Void> ended = files == null ? Future.succeededFuture() : files.close();
    return ended.eventually(() -> following.settled());
  }
}
