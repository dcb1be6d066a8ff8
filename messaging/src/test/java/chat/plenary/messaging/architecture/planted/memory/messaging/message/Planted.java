package chat.plenary.messaging.architecture.planted.memory.messaging.message;

/** Sees a library where it must not. */
class Planted {
  de.bwaldvogel.mongo.MongoServer seen;
}
