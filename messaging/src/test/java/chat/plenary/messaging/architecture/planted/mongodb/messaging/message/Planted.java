package chat.plenary.messaging.architecture.planted.mongodb.messaging.message;

/** Sees a library where it must not. */
class Planted {
  com.mongodb.MongoException seen;
}
