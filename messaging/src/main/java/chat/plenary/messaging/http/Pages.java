package chat.plenary.messaging.http;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;

/** What a browser is given outside of the API: the door through which a node passes its client. */
@FunctionalInterface
public interface Pages {
  /**
   * One page or file.
   *
   * @param contentType the value of {@code Content-Type}
   * @param body not to be changed
   * @param headers all others by lower-case name, such as caching and the content security policy
   */
  record Page(String contentType, Buffer body, Map<String, String> headers) {
    public Page {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * The answer to a GET or HEAD. Called on event loops: it must not read files.
   *
   * @param path the decoded path, beginning with a slash
   * @return empty where there is nothing: the server's 404
   */
  Optional<Page> find(String path);

  /** A server without pages. */
  static Pages none() {
    return path -> Optional.empty();
  }
}
