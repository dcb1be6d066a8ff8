package chat.plenary.messaging.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.Waiting;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The document by which programs find out what the server takes and gives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
  @TempDir static Path directory;
  private Served served;
  private JsonObject document;

  @BeforeAll
  void open() throws Exception {
    served = new Served(directory);
    document = served.get(null, "/openapi.json").json();
  }

  @AfterAll
  void close() throws Exception {
    served.close();
  }

  @Test
  void theDocumentIsValid() throws Exception {
    OpenAPIVersion version = OpenAPIVersion.fromContract(document);
    assertThat(version).isEqualTo(OpenAPIVersion.V3_1);
    SchemaRepository schemas = Waiting.await(version.getRepository(served.vertx, "app://x"));
    assertThat(errors(version, schemas, document)).isEmpty();

    JsonObject broken = document.copy();
    broken
        .getJsonObject("paths")
        .getJsonObject("/api/v1/me")
        .getJsonObject("get")
        .remove("responses");
    broken.getJsonObject("info").remove("title");
    assertThat(errors(version, schemas, broken)).as("it can fail").isNotEmpty();
  }

  private String errors(OpenAPIVersion version, SchemaRepository schemas, JsonObject contract)
      throws Exception {
    OutputUnit result = Waiting.await(version.validateContract(served.vertx, schemas, contract));
    return Boolean.TRUE.equals(result.getValid()) ? "" : String.valueOf(result.getErrors());
  }

  @Test
  void itsSchemasAreSchemas() {
    SchemaRepository schemas = Schemas.repository(served.vertx);
    for (Route route : Endpoints.of(served.chat, new Gateway.ServerInfo("0", false), false)) {
      for (JsonObject schema : Arrays.asList(route.requestSchema(), route.responseSchema())) {
        if (schema != null) {
          OutputUnit result =
              schemas.validator("https://json-schema.org/draft/2020-12/schema").validate(schema);
          assertThat(result.getValid()).as(route.path() + ": " + result.getErrors()).isTrue();
        }
      }
    }
  }

  @Test
  void everyEndpointIsInItWithItsParametersAndProblems() {
    List<Route> routes = Endpoints.of(served.chat, new Gateway.ServerInfo("0.1.0", false), false);
    for (Route route : routes) {
      JsonObject operation =
          document
              .getJsonObject("paths")
              .getJsonObject(route.path())
              .getJsonObject(route.method().name().toLowerCase(java.util.Locale.ROOT));
      assertThat(operation.getString("summary")).as(route.path()).isNotBlank();
      assertThat(operation.getJsonObject("responses").fieldNames())
          .as(route.path())
          .contains("2XX", "default", "503");
      assertThat(operation.getJsonArray("security").isEmpty())
          .as(route.path())
          .isEqualTo(route.access() == Route.Access.PUBLIC);
    }
    JsonArray parameters =
        document
            .getJsonObject("paths")
            .getJsonObject("/api/v1/conversations/{id}/entries")
            .getJsonObject("get")
            .getJsonArray("parameters");
    assertThat(parameters)
        .extracting(p -> ((JsonObject) p).getString("name"))
        .containsExactly("id", "kinds", "before", "after", "limit");
  }

  @Test
  void noTwoOperationsHaveOneName() {
    List<String> ids =
        document.getJsonObject("paths").stream()
            .flatMap(path -> ((JsonObject) path.getValue()).stream())
            .map(operation -> ((JsonObject) operation.getValue()).getString("operationId"))
            .toList();
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void anEndpointThatDoesNotDescribeItselfIsRefused() {
    JsonObject nothing = new JsonObject();
    refused(route("/x", " ", null), "has no summary");
    refused(route("x", "Is.", null), "begins with a slash");
    refused(route("/x", "Is.", nothing), "says nothing");
    refused(route("/x", "Is.", null).text("q", " "), "is not described");
    assertThatThrownBy(
            () -> new OpenApi("0").of(List.of(route("/x", "Is.", null), route("/x", "Is.", null))))
        .hasMessageContaining("twice");
  }

  private static void refused(Route route, String why) {
    assertThatThrownBy(() -> new OpenApi("0").of(List.of(route)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private static Route route(String path, String summary, JsonObject body) {
    return new Route(
        HttpMethod.POST,
        path,
        Route.Access.PUBLIC,
        summary,
        body,
        null,
        request -> Future.succeededFuture(Response.empty()));
  }
}
