package chat.plenary.node;

import chat.plenary.messaging.http.Pages;
import chat.plenary.web.WebClient;
import io.vertx.core.buffer.Buffer;

/** Passes the browser client to the server, which knows nothing of it. */
final class Browser {
  private Browser() {}

  /** The client's pages; its files are read now, once. */
  static Pages pages() {
    WebClient client = WebClient.open();
    return path ->
        client
            .find(path)
            .map(
                page ->
                    new Pages.Page(page.contentType(), Buffer.buffer(page.body()), page.headers()));
  }
}
