package chat.plenary.messaging.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;

/** Checks JSON against schemas as strangers would. */
final class Schemas {
  private static final JsonSchemaOptions OPTIONS =
      new JsonSchemaOptions()
          .setBaseUri("app://plenary")
          .setDraft(Draft.DRAFT202012)
          .setOutputFormat(OutputFormat.Basic);

  private Schemas() {}

  static SchemaRepository repository(Vertx vertx) {
    return SchemaRepository.create(OPTIONS).preloadMetaSchema(vertx.fileSystem());
  }

  /** What is wrong with a value; empty where nothing is. */
  static String errors(JsonObject schema, Object value) {
    OutputUnit result =
        io.vertx.json.schema.Validator.create(JsonSchema.of(schema.copy()), OPTIONS)
            .validate(value);
    return Boolean.TRUE.equals(result.getValid()) ? "" : String.valueOf(result.getErrors());
  }
}
