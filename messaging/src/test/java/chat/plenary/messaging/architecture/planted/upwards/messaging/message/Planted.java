package chat.plenary.messaging.architecture.planted.upwards.messaging.message;

/** Uses what it must not know. */
class Planted {
  chat.plenary.messaging.architecture.planted.upwards.bots.Bot known;
}
