package chat.plenary.messaging.store.sim;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often which fault happens, and how long things take.
 *
 * @param rates 0 (never) to 1 (always); what is missing never happens
 * @param patience how long a handle waits for an answer before it fails as unknown
 * @param least the least time of a way to the database, a document's landing or a commit
 * @param most the most of the same
 * @param ownWritesSeen whether a read also sees the acknowledged writes of its own handle. The port
 *     promises what was committed when they began; a causally consistent session gives more
 */
public record Faults(
    Map<Kind, Double> rates,
    Duration patience,
    Duration least,
    Duration most,
    boolean ownWritesSeen) {

  /** What can go wrong. */
  public enum Kind {
    /** An operation was done, and its answer does not arrive. */
    LOST_REPLY,
    /** An operation never arrives. */
    LOST_REQUEST,
    /** A write begins to land only after its sender gave up. */
    LATE_WRITE,
    /** Only a prefix of a write lands, perhaps nothing; no answer comes. */
    CUT_WRITE,
    /** A read is served from any committed state that is not older than promised. */
    STALE_READ,
    /** An operation takes up to twice the patience. */
    SLOW,
    /** In a commit's stead another primary is elected. */
    ELECTION
  }

  public Faults {
    rates = Map.copyOf(rates);
  }

  /** A store without faults. */
  public static Faults none() {
    return new Faults(
        Map.of(), Duration.ofSeconds(2), Duration.ofNanos(200_000), Duration.ofMillis(2), true);
  }

  /** A bad day: everything happens, each about one time in twenty, and half of all reads stale. */
  public static Faults many() {
    var faults = none().ownWritesSeen(false);
    for (var kind : Kind.values()) {
      faults = faults.with(kind, kind == Kind.STALE_READ ? 0.5 : 0.05);
    }
    return faults;
  }

  /** How often this happens. */
  public double rate(Kind kind) {
    return rates.getOrDefault(kind, 0.0);
  }

  /** The same, but for how often this happens. */
  public Faults with(Kind kind, double rate) {
    var more = new EnumMap<Kind, Double>(Kind.class);
    more.putAll(rates);
    more.put(kind, rate);
    return new Faults(more, patience, least, most, ownWritesSeen);
  }

  /** The same with another patience. */
  public Faults patience(Duration time) {
    return new Faults(rates, time, least, most, ownWritesSeen);
  }

  /** The same with or without sight of a handle's own acknowledged writes. */
  public Faults ownWritesSeen(boolean seen) {
    return new Faults(rates, patience, least, most, seen);
  }
}
