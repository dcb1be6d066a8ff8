package chat.plenary.integrations;

import chat.plenary.integrations.alertmanager.AlertmanagerRoute;
import chat.plenary.integrations.camel.PlenaryComponent;
import chat.plenary.integrations.hook.Hooks;
import chat.plenary.integrations.meeting.UpkeepRoute;
import chat.plenary.integrations.route.ShippedRoutes;
import chat.plenary.messaging.Chat;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultCamelContextNameStrategy;
import org.apache.camel.impl.engine.DefaultShutdownStrategy;

/** The embedded CamelContext, the {@code plenary:} component and the routes that are shipped. */
public final class Integrations {
  private static final long STOP_SECONDS = 5;

  private final Vertx vertx;
  private final CamelContext camel;
  private final Chat chat;
  private final ShippedRoutes shipped;
  private final Hooks hooks;
  private final HookRoutes routes;
  private final RoutesOfOperators operators;

  private Integrations(
      Vertx vertx,
      CamelContext camel,
      Chat chat,
      ShippedRoutes shipped,
      Hooks hooks,
      HookRoutes routes,
      RoutesOfOperators operators) {
    this.vertx = vertx;
    this.camel = camel;
    this.chat = chat;
    this.shipped = shipped;
    this.hooks = hooks;
    this.routes = routes;
    this.operators = operators;
  }

  /**
   * What is configured.
   *
   * @param routes the folder of operators' routes and what they may do
   */
  public record Options(RoutesOfOperators.Options routes) {
    /** Without a folder. */
    public static Options defaults() {
      return new Options(RoutesOfOperators.Options.none());
    }
  }

  /** The same without operators' routes. */
  public static Future<Integrations> open(
      Vertx vertx, Chat chat, Store store, Clock clock, String publicUrl) {
    return open(vertx, chat, store, clock, publicUrl, Options.defaults());
  }

  /**
   * Starts the context and its routes, off the event loop. To be called before the log starts; the
   * upkeep of meetings and operators' routes run after {@link #start}.
   *
   * @param publicUrl this server's own address, such as {@code https://chat.example.org}
   */
  public static Future<Integrations> open(
      Vertx vertx, Chat chat, Store store, Clock clock, String publicUrl, Options options) {
    RoutesOfOperators operators = RoutesOfOperators.of(vertx, chat, store, clock, options.routes());
    Hooks hooks =
        new Hooks(store, chat.access(), chat.organisations(), clock, Set.of("alertmanager"));
    return hooks
        .prepare()
        .compose(v -> operators.prepare())
        .compose(
            v ->
                vertx.executeBlocking(
                    () -> {
                      DefaultCamelContext camel = new DefaultCamelContext();
                      DefaultShutdownStrategy stop = new DefaultShutdownStrategy(camel);
                      stop.setTimeUnit(TimeUnit.SECONDS);
                      stop.setTimeout(STOP_SECONDS);
                      stop.setShutdownNowOnTimeout(true);
                      camel.setShutdownStrategy(stop);
                      ShippedRoutes shipped = ShippedRoutes.in(camel);
                      camel.addComponent(
                          "plenary", new PlenaryComponent(chat.messages(), operators.following()));
                      camel.addRoutes(new AlertmanagerRoute(store, publicUrl));
                      camel.setNameStrategy(new DefaultCamelContextNameStrategy("plenary"));
                      camel.start();
                      return new Integrations(
                          vertx,
                          camel,
                          chat,
                          shipped,
                          hooks,
                          new HookRoutes(vertx, camel, hooks, operators.inbound(), publicUrl),
                          operators);
                    }));
  }

  /** Starts the upkeep of meetings and operators' routes; to be called when the log has started. */
  public Future<Void> start() {
    UpkeepRoute upkeep =
        new UpkeepRoute(
            vertx.getOrCreateContext(), () -> chat.meetings().look(), UpkeepRoute.PERIOD);
    return vertx
        .<Void>executeBlocking(
            () -> {
              camel.addRoutes(upkeep);
              return null;
            })
        .compose(v -> operators.start());
  }

  /** How it stands with the routes that are shipped. */
  public ShippedRoutes shipped() {
    return shipped;
  }

  /** The endpoints that the server is to offer. */
  public List<Route> routes() {
    List<Route> all = new ArrayList<>(routes.routes());
    all.addAll(operators.routes(shipped));
    return all;
  }

  /** Hooks, for whoever makes them other than by the protocol (demo data). */
  public Hooks hooks() {
    return hooks;
  }

  /** Lets what is under way finish, for at most 5 s, and stops. */
  public Future<Void> close() {
    return operators
        .close()
        .eventually(
            () ->
                vertx.executeBlocking(
                    () -> {
                      camel.stop();
                      return null;
                    }));
  }
}
