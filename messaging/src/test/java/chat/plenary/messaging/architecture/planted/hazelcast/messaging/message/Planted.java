package chat.plenary.messaging.architecture.planted.hazelcast.messaging.message;

/** Sees a library where it must not. */
class Planted {
  com.hazelcast.core.HazelcastException seen;
}
