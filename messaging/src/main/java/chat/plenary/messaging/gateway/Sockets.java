package chat.plenary.messaging.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** TODO: replaced by LiveConnections at the merge. */
record Sockets(BiConsumer<ServerWebSocket, String> accept, Supplier<Future<Void>> draining) {
  static Sockets none() {
    return new Sockets((socket, address) -> socket.close(), Future::succeededFuture);
  }

  Future<Void> drain() {
    return draining.get();
  }
}
