package chat.plenary.messaging.architecture.planted.web.messaging.message;

/** Sees a library where it must not. */
class Planted {
  io.vertx.ext.web.Router seen;
}
