package chat.plenary.integrations;

import chat.plenary.integrations.alertmanager.AlertmanagerRoute;
import chat.plenary.integrations.camel.PlenaryComponent;
import chat.plenary.integrations.hook.Hooks;
import chat.plenary.messaging.Chat;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
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
  private final Hooks hooks;
  private final HookRoutes routes;

  private Integrations(Vertx vertx, CamelContext camel, Hooks hooks, HookRoutes routes) {
    this.vertx = vertx;
    this.camel = camel;
    this.hooks = hooks;
    this.routes = routes;
  }

  /**
   * Starts the context and its routes, off the event loop.
   *
   * @param publicUrl this server's own address, such as {@code https://chat.example.org}
   */
  public static Future<Integrations> open(
      Vertx vertx, Chat chat, Store store, Clock clock, String publicUrl) {
    Hooks hooks =
        new Hooks(store, chat.access(), chat.organisations(), clock, Set.of("alertmanager"));
    return hooks
        .prepare()
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
                      camel.addComponent("plenary", new PlenaryComponent(chat.messages()));
                      camel.addRoutes(new AlertmanagerRoute(store, publicUrl));
                      camel.setNameStrategy(new DefaultCamelContextNameStrategy("plenary"));
                      camel.start();
                      return (CamelContext) camel;
                    }))
        .map(
            camel ->
                new Integrations(
                    vertx, camel, hooks, new HookRoutes(vertx, camel, hooks, publicUrl)));
  }

  /** The endpoints that the server is to offer. */
  public List<Route> routes() {
    return routes.routes();
  }

  /** Hooks, for whoever makes them other than by the protocol (demo data). */
  public Hooks hooks() {
    return hooks;
  }

  /** Lets what is under way finish, for at most 5 s, and stops. */
  public Future<Void> close() {
    return vertx.executeBlocking(
        () -> {
          camel.stop();
          return null;
        });
  }
}
