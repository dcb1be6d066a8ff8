package chat.plenary.messaging.architecture.planted.together.simulator;

/** Shares what it is to check. */
class Planted {
  chat.plenary.messaging.architecture.planted.together.integrations.Signature known;
}
