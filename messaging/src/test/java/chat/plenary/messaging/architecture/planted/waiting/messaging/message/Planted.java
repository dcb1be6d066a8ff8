package chat.plenary.messaging.architecture.planted.waiting.messaging.message;

import io.vertx.core.Future;

/** Waits. */
class Planted {
  String wrong(Future<String> future) {
    return future.await();
  }

  Future<Integer> right(Future<String> future) {
    return future.map(String::length);
  }
}
