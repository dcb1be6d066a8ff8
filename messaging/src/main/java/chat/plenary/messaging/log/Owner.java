package chat.plenary.messaging.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Who of the members that a node sees owns a lane: rendezvous hashing, so that a member that goes
 * moves only its own.
 */
final class Owner {
  private Owner() {}

  /** The owner of a lane; {@code self} where a node sees nobody. */
  static String of(int lane, List<String> members, String self) {
    String best = self;
    long most = -1;
    for (String member : members) {
      long weight = weight(lane, member);
      if (weight > most || (weight == most && member.compareTo(best) < 0)) {
        best = member;
        most = weight;
      }
    }
    return best;
  }

  private static long weight(int lane, String member) {
    CRC32C sum = new CRC32C();
    sum.update((lane + "/" + member).getBytes(StandardCharsets.UTF_8));
    // CRCs of texts that differ in one place differ linearly: mixed, they spread evenly.
    long mixed = sum.getValue() * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 32;
    return (mixed * 0xD6E8FEB86659FD93L) >>> 1;
  }
}
