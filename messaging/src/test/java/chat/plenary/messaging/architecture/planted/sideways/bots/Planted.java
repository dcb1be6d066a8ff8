package chat.plenary.messaging.architecture.planted.sideways.bots;

/** Uses what it must not know. */
class Planted {
  chat.plenary.messaging.architecture.planted.sideways.integrations.Route known;
}
