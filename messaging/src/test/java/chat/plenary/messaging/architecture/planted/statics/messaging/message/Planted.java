package chat.plenary.messaging.architecture.planted.statics.messaging.message;

/** Holds what changes in a static. */
class Planted {
  static final String NAME = "name";
  static int count;
}
