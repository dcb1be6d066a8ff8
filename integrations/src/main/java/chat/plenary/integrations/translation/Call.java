package chat.plenary.integrations.translation;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * A POST of JSON to an engine.
 *
 * @param path what stands behind the engine's address
 * @param headers further headers; they may hold secrets
 */
record Call(String path, Map<String, String> headers, Buffer body) {
  @Override
  public String toString() {
    return "Call[" + path + "]";
  }
}
