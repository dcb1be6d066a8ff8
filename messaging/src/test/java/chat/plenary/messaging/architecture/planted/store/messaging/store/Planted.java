package chat.plenary.messaging.architecture.planted.store.messaging.store;

/** Uses what it must not know. */
class Planted {
  chat.plenary.messaging.architecture.planted.store.messaging.log.Entry known;
}
