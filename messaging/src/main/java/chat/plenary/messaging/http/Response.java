package chat.plenary.messaging.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param headers its headers, {@code content-type} among them where there is a body
 * @param body the body; may be empty
 */
public record Response(int status, Map<String, String> headers, Buffer body) {
  public Response {
    headers = Map.copyOf(headers);
  }

  /** 200 and a JSON object. */
  public static Response json(JsonObject body) {
    return json(200, body);
  }

  /** A JSON object. */
  public static Response json(int status, JsonObject body) {
    return new Response(
        status,
        Map.of("content-type", "application/json", "cache-control", "no-store"),
        body.toBuffer());
  }

  /** 204. */
  public static Response empty() {
    return new Response(204, Map.of(), Buffer.buffer());
  }

  /** 200 and any other body. */
  public static Response of(String contentType, Buffer body) {
    return new Response(200, Map.of("content-type", contentType), body);
  }

  /** The same with one more header. */
  public Response with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, more, body);
  }
}
