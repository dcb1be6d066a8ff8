package chat.plenary.integrations.outgoing;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.Map;

/**
 * A request to a service.
 *
 * @param method the HTTP method
 * @param address the whole address, already encoded
 * @param headers sent in this spelling
 * @param body what is sent; empty for none
 * @param changes whether it changes something there: when its answer is lost, it is not known
 *     whether it did
 */
public record Call(
    HttpMethod method, URI address, Map<String, String> headers, Buffer body, boolean changes) {
  public Call {
    headers = Map.copyOf(headers);
  }

  /** Without query and headers, which may hold secrets. */
  @Override
  public String toString() {
    return method + " " + address.getHost() + address.getRawPath();
  }
}
