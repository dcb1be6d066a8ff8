package chat.plenary.messaging.architecture.planted.otherways.integrations;

/** Uses what it must not know. */
class Planted {
  chat.plenary.messaging.architecture.planted.otherways.bots.Bot known;
}
