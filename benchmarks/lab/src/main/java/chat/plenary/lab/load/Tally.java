package chat.plenary.lab.load;

import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What was sent and what was shown to whom, on the loop's thread. The first who is shown a message
 * of a group says where it stands in that group's order; all others must see the same.
 */
final class Tally {
  private static final long MOST_MICROS = 600_000_000L;

  /** The messages of one group in the order in which they were shown. */
  private static final class Order {
    int[] numbers = new int[1024];
    int size;
  }

  private final Order[] orders;
  private long[] intended = new long[1 << 16];
  private int[] place = new int[1 << 16];
  private byte[] settled = new byte[1 << 16];
  private int sent;
  private int measuredFrom = Integer.MAX_VALUE;
  private Histogram latency = histogram();
  private Histogram accepting = histogram();
  private Histogram lag = histogram();
  private long shown;
  private long duplicates;
  private long disordered;
  private long skipped;
  private long refused;
  private long accepted;
  private long unknown;
  private long incomplete;
  private @Nullable String why;

  Tally(int groups) {
    orders = new Order[groups];
    Arrays.setAll(orders, i -> new Order());
  }

  private static Histogram histogram() {
    return new Histogram(1, MOST_MICROS, 3);
  }

  /** Figures begin anew; latencies are those of messages that are sent from now on. */
  void measure() {
    measuredFrom = sent;
    latency = histogram();
    accepting = histogram();
    lag = histogram();
    shown = 0;
    accepted = 0;
  }

  /** A new message's number. */
  int next(long when, long now) {
    if (sent == intended.length) {
      intended = Arrays.copyOf(intended, sent * 2);
      place = Arrays.copyOf(place, sent * 2);
      settled = Arrays.copyOf(settled, sent * 2);
    }
    intended[sent] = when;
    place[sent] = -1;
    lag.recordValue(micros(now - when));
    return sent++;
  }

  int sent() {
    return sent;
  }

  void accepted(int number, long now) {
    settled[number] = 1;
    accepted++;
    if (number >= measuredFrom) {
      accepting.recordValue(micros(now - intended[number]));
    }
  }

  void refused(int number, String reason) {
    settled[number] = 2;
    refused++;
    why = reason;
  }

  /** Somebody who has seen {@code next} messages of a group is shown one; how many it is then. */
  int shown(int group, int next, int number, long now) {
    shown++;
    if (number < 0 || number >= sent) {
      disordered++;
      return next;
    }
    if (number >= measuredFrom) {
      latency.recordValue(micros(now - intended[number]));
    }
    Order order = orders[group];
    if (next == order.size && place[number] < 0) {
      if (order.size == order.numbers.length) {
        order.numbers = Arrays.copyOf(order.numbers, order.size * 2);
      }
      order.numbers[order.size] = number;
      place[number] = order.size++;
      return next + 1;
    }
    if (next < order.size && order.numbers[next] == number) {
      return next + 1;
    }
    int at = place[number];
    if (at < 0) {
      disordered++;
      return next;
    }
    if (at < next) {
      duplicates++;
      return next;
    }
    skipped += at - next;
    return at + 1;
  }

  private static long micros(long nanos) {
    return Math.max(1, Math.min(MOST_MICROS, nanos / 1_000));
  }

  /** How many messages of a group were shown to anybody. */
  int size(int group) {
    return orders[group].size;
  }

  /** Messages that were accepted and that nobody was shown. */
  long unseen() {
    long unseen = 0;
    for (int i = 0; i < sent; i++) {
      if (settled[i] == 1 && place[i] < 0) {
        unseen++;
      }
    }
    return unseen;
  }

  void unknown() {
    unknown++;
  }

  void incomplete() {
    incomplete++;
  }

  /** Answers that said that it is not known whether a message was accepted; it was sent again. */
  long unknowns() {
    return unknown;
  }

  /** How often somebody was told of a conversation without all entries that were missed. */
  long incompletes() {
    return incomplete;
  }

  long accepted() {
    return accepted;
  }

  /** Why one was refused; null where none was. */
  @Nullable String whyRefused() {
    return why;
  }

  long shown() {
    return shown;
  }

  long duplicates() {
    return duplicates;
  }

  long disordered() {
    return disordered;
  }

  long skipped() {
    return skipped;
  }

  long refused() {
    return refused;
  }

  Histogram latency() {
    return latency.copy();
  }

  Histogram accepting() {
    return accepting.copy();
  }

  Histogram lag() {
    return lag.copy();
  }
}
