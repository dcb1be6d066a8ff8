package chat.plenary.messaging.search;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * What a segment of a conversation may say: a Bloom filter over the keyed hashes of its grams. It
 * can be wrong only in one way, by saying that something may be there which is not.
 */
final class Signature {
  /** Bits for each gram, and how many of them are set: nine of a thousand are wrongly there. */
  private static final int BITS = 10;

  private static final int SET = 7;

  /** Of a segment that says more the answers get worse, not wrong. */
  private static final int MAX_BYTES = 64 * 1024;

  private final byte[] bits;

  private Signature(byte[] bits) {
    this.bits = bits;
  }

  /** As it was stored. */
  static Signature of(byte[] bits) {
    return new Signature(bits);
  }

  /** Makes one of the hashes of all grams of a segment. */
  static Signature of(Set<Long> hashes) {
    long bytes = ((long) hashes.size() * BITS + 63) / 64 * 8;
    Signature made = new Signature(new byte[(int) Math.max(8, Math.min(MAX_BYTES, bytes))]);
    for (long hash : hashes) {
      for (int i = 0; i < SET; i++) {
        int bit = made.bit(hash, i);
        made.bits[bit >> 3] |= (byte) (1 << (bit & 7));
      }
    }
    return made;
  }

  /** Whether a segment may have all of some grams. */
  boolean mayHave(Collection<Long> hashes) {
    for (long hash : hashes) {
      for (int i = 0; i < SET; i++) {
        int bit = bit(hash, i);
        if ((bits[bit >> 3] & (1 << (bit & 7))) == 0) {
          return false;
        }
      }
    }
    return true;
  }

  private int bit(long hash, int i) {
    long mixed = (hash >>> 32) + i * ((hash & 0xffff_ffffL) | 1);
    return (int) Long.remainderUnsigned(mixed, bits.length * 8L);
  }

  /** As it is stored. */
  byte[] bytes() {
    return bits;
  }

  /** Hashes grams under a key, without which nothing is told of words by a signature. */
  static final class Hash {
    private final SipHash keyed = new SipHash();

    /**
     * For one thread.
     *
     * @param key 16 bytes
     */
    Hash(byte[] key) {
      keyed.init(new KeyParameter(key));
    }

    long of(String gram) {
      byte[] bytes = gram.getBytes(StandardCharsets.UTF_8);
      keyed.update(bytes, 0, bytes.length);
      return keyed.doFinal();
    }
  }
}
