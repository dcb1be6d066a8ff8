package chat.plenary.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.integrations.camel.PlenaryComponent;
import chat.plenary.integrations.camel.PlenaryEndpoint;
import chat.plenary.integrations.camel.PlenaryHeaders;
import chat.plenary.integrations.webhook.WebhookComponent;
import chat.plenary.integrations.webhook.WebhookEndpoint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What tools read of the components, in the format of Camel's catalogue, says what the endpoints
 * say. Run with {@code -Dplenary.docs.write=true} to write it anew.
 */
class CatalogueTest {
  private static Stream<Arguments> components() {
    return Stream.of(
        Arguments.of(PlenaryEndpoint.class, PlenaryComponent.class, PlenaryHeaders.class),
        Arguments.of(WebhookEndpoint.class, WebhookComponent.class, null));
  }

  @ParameterizedTest
  @MethodSource("components")
  void theCatalogueSaysWhatTheEndpointsSay(
      Class<?> endpoint, Class<?> component, @Nullable Class<?> headers)
      throws IOException, IllegalAccessException {
    JsonObject made = catalogue(endpoint, component, headers);
    String scheme = made.getJsonObject("component").getString("scheme");
    Path file =
        Path.of("src/main/resources/META-INF/org/apache/camel/component", scheme, scheme + ".json");
    if (Boolean.getBoolean("plenary.docs.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, made.encodePrettily() + "\n");
    }
    assertThat(new JsonObject(Files.readString(file))).isEqualTo(made);
  }

  @ParameterizedTest
  @MethodSource("components")
  void everyOptionIsABeansPropertyAndInTheDocumentation(
      Class<?> endpoint, Class<?> component, @Nullable Class<?> headers)
      throws IOException, IllegalAccessException {
    JsonObject made = catalogue(endpoint, component, headers);
    String page = Files.readString(Path.of("..", "docs", "integrations.md"));
    List<String> methods =
        Arrays.stream(endpoint.getMethods()).map(Method::getName).distinct().toList();
    JsonObject options = made.getJsonObject("properties");
    for (String option : options.fieldNames()) {
      String name = option.substring(0, 1).toUpperCase(Locale.ROOT) + option.substring(1);
      assertThat(methods).containsAnyOf("get" + name, "is" + name);
      if (options.getJsonObject(option).getString("kind").equals("parameter")) {
        assertThat(methods).contains("set" + name);
        assertThat(page).contains("| `" + option + "` |");
      }
    }
    for (String header : made.getJsonObject("headers").fieldNames()) {
      assertThat(page).contains("| `" + header + "` |");
    }
  }

  private static JsonObject catalogue(
      Class<?> endpoint, Class<?> component, @Nullable Class<?> headers)
      throws IllegalAccessException {
    UriEndpoint said = endpoint.getAnnotation(UriEndpoint.class);
    JsonObject about =
        new JsonObject()
            .put("kind", "component")
            .put("name", said.scheme())
            .put("title", said.title())
            .put("description", said.title() + ": groups and webhooks as endpoints.")
            .put("deprecated", false)
            .put("firstVersion", said.firstVersion())
            .put("label", said.category()[0].getValue())
            .put("javaType", component.getName())
            .put("supportLevel", "Preview")
            .put("groupId", "chat.plenary")
            .put("artifactId", "plenary-integrations")
            .put("scheme", said.scheme())
            .put("extendsScheme", "")
            .put("syntax", said.syntax())
            .put("async", true)
            .put("api", false)
            .put("consumerOnly", false)
            .put("producerOnly", false)
            .put("lenientProperties", false)
            .put("browsable", false)
            .put("remote", true);
    JsonObject options = new JsonObject();
    for (Field field : endpoint.getDeclaredFields()) {
      UriPath path = field.getAnnotation(UriPath.class);
      UriParam param = field.getAnnotation(UriParam.class);
      if (path != null) {
        options.put(
            field.getName(),
            option(options.size(), "path", field, path.description(), path.enums(), "common"));
      } else if (param != null) {
        JsonObject option =
            option(
                options.size(),
                "parameter",
                field,
                param.description(),
                param.enums(),
                param.label());
        option.put("secret", param.secret());
        if (!param.defaultValue().isEmpty()) {
          option.put("defaultValue", param.defaultValue());
        } else if (!param.defaultValueNote().isEmpty()) {
          option.put("defaultValueNote", param.defaultValueNote());
        }
        options.put(field.getName(), option);
      }
    }
    return new JsonObject()
        .put("component", about)
        .put("componentProperties", new JsonObject())
        .put("headers", headers(headers))
        .put("properties", options);
  }

  private static JsonObject option(
      int index, String kind, Field field, String description, String enums, String label) {
    Metadata metadata = field.getAnnotation(Metadata.class);
    JsonObject option =
        new JsonObject()
            .put("index", index)
            .put("kind", kind)
            .put("displayName", words(field.getName()))
            .put("group", label)
            .put("label", label)
            .put("required", metadata != null && metadata.required())
            .put("type", enums.isEmpty() ? type(field.getType()) : "enum")
            .put("javaType", field.getType().getName())
            .put("deprecated", false)
            .put("autowired", false)
            .put("secret", false)
            .put("description", description);
    if (!enums.isEmpty()) {
      option.put("enum", new JsonArray(List.of(enums.split(",", -1))));
    }
    return option;
  }

  private static JsonObject headers(@Nullable Class<?> constants) throws IllegalAccessException {
    JsonObject headers = new JsonObject();
    if (constants == null) {
      return headers;
    }
    for (Field field : constants.getFields()) {
      Metadata metadata = field.getAnnotation(Metadata.class);
      String name = String.valueOf(field.get(null));
      headers.put(
          name,
          new JsonObject()
              .put("index", headers.size())
              .put("kind", "header")
              .put("displayName", "")
              .put("group", metadata.label())
              .put("label", metadata.label())
              .put("required", false)
              .put("javaType", metadata.javaType())
              .put("deprecated", false)
              .put("deprecationNote", "")
              .put("autowired", false)
              .put("secret", false)
              .put("description", metadata.description())
              .put("constantName", constants.getName() + "#" + field.getName()));
    }
    return headers;
  }

  private static String type(Class<?> type) {
    if (type == int.class) {
      return "integer";
    }
    return type == boolean.class ? "boolean" : "string";
  }

  private static String words(String name) {
    String spaced = name.replaceAll("([a-z])([A-Z])", "$1 $2");
    return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }
}
