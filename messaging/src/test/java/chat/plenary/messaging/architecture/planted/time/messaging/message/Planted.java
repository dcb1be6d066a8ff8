package chat.plenary.messaging.architecture.planted.time.messaging.message;

import java.time.Clock;
import java.time.Instant;

/** Asks the machine for the time once, and a clock once. */
class Planted {
  Instant wrong() {
    return Instant.now();
  }

  Instant right(Clock clock) {
    return Instant.now(clock);
  }
}
