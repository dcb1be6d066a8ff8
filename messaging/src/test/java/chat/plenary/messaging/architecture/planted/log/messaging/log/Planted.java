package chat.plenary.messaging.architecture.planted.log.messaging.log;

/** Uses what it must not know. */
class Planted {
  chat.plenary.messaging.architecture.planted.log.messaging.message.Message known;
}
