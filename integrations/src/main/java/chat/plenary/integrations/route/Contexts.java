package chat.plenary.integrations.route;

import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Contexts in which operators' routes run or are checked: only endpoints of the allowed schemes,
 * and nothing of the environment.
 */
final class Contexts {
  private final Set<String> schemes;
  private final BiConsumer<DefaultCamelContext, Boolean> components;
  private final Supplier<Map<String, String>> secrets;

  /**
   * Contexts.
   *
   * @param components adds components and templates to a context; told whether it only checks
   * @param secrets what routes may name
   */
  Contexts(
      Set<String> schemes,
      BiConsumer<DefaultCamelContext, Boolean> components,
      Supplier<Map<String, String>> secrets) {
    this.schemes = schemes;
    this.components = components;
    this.secrets = secrets;
  }

  /** Makes a context that has not started. */
  DefaultCamelContext make(boolean onlyChecks) {
    DefaultCamelContext camel = new DefaultCamelContext();
    PropertiesComponent properties = new PropertiesComponent();
    properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
    properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
    properties.addPropertiesFunction(new Secrets(secrets));
    camel.setPropertiesComponent(properties);
    camel
        .getCamelContextExtension()
        .registerEndpointCallback(
            (uri, endpoint) -> {
              String scheme = uri.replaceFirst("[:?].*", "");
              if (!schemes.contains(scheme)) {
                throw new IllegalArgumentException("endpoints of " + scheme + " are not allowed");
              }
              return endpoint;
            });
    camel.setAutoStartup(!onlyChecks);
    components.accept(camel, onlyChecks);
    return camel;
  }

  /** Loads a file into a context that was started. */
  static void load(DefaultCamelContext camel, String file, String text) throws Exception {
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(
            ResourceHelper.fromString("mem:/" + file.replaceFirst("\\.yml$", ".yaml"), text));
  }

  /**
   * Loads a file where it can do no harm: all its endpoints are made, and nothing is started.
   *
   * @throws Exception that says what is wrong
   */
  void check(String file, RouteText read, String text) throws Exception {
    try (DefaultCamelContext scratch = make(true)) {
      scratch.start();
      load(scratch, file, text);
      for (String id : read.routes()) {
        Route route = scratch.getRoute(id);
        if (route == null) {
          throw new IllegalStateException("the route " + id + " was not made");
        }
        check(route);
      }
      for (Endpoint endpoint : scratch.getEndpoints()) {
        boolean begins =
            scratch.getRoutes().stream().anyMatch(route -> route.getEndpoint() == endpoint);
        if (!begins) {
          endpoint.createProducer();
        }
      }
    }
  }

  private static void check(Route route) throws Exception {
    Consumer consumer = route.getEndpoint().createConsumer(exchange -> {});
    ServiceHelper.stopAndShutdownService(consumer);
  }

  private record Secrets(Supplier<Map<String, String>> known) implements PropertiesFunction {
    @Override
    public String getName() {
      return "secret";
    }

    @Override
    public String apply(String name) {
      String value = known.get().get(name);
      if (value == null) {
        throw new IllegalArgumentException(
            "there is no secret '" + name + "' in " + Folder.SECRETS);
      }
      return value;
    }
  }
}
