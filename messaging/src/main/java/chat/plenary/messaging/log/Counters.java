package chat.plenary.messaging.log;

import java.util.concurrent.atomic.LongAdder;

/** What the log of this node has done since it started; for metrics. May be read on any thread. */
public final class Counters {
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private final LongAdder lostRaces = new LongAdder();
  private final LongAdder catchUps = new LongAdder();
  private final LongAdder ringsSent = new LongAdder();
  private final LongAdder ringsHeard = new LongAdder();
  private final LongAdder handedOver = new LongAdder();

  Counters() {}

  void count(Outcome outcome) {
    if (outcome instanceof Outcome.Accepted) {
      accepted.increment();
    } else if (outcome instanceof Outcome.Refused) {
      refused.increment();
    } else {
      unknown.increment();
    }
  }

  void lostRace() {
    lostRaces.increment();
  }

  void caughtUp() {
    catchUps.increment();
  }

  void rang() {
    ringsSent.increment();
  }

  void heard() {
    ringsHeard.increment();
  }

  void handedOver(int commands) {
    handedOver.add(commands);
  }

  /** Commands answered as accepted. */
  public long accepted() {
    return accepted.sum();
  }

  /** Commands answered as refused. */
  public long refused() {
    return refused.sum();
  }

  /** Commands answered as unknown. */
  public long unknown() {
    return unknown.sum();
  }

  /** Runs that the store did not answer with all well. */
  public long lostRaces() {
    return lostRaces.sum();
  }

  /** Readings of what is beyond a lane's tail. */
  public long catchUps() {
    return catchUps.sum();
  }

  /** Runs that were rung to the other nodes. */
  public long ringsSent() {
    return ringsSent.sum();
  }

  /** Runs of other nodes that were heard of. */
  public long ringsHeard() {
    return ringsHeard.sum();
  }

  /** Commands that were given to a lane's owner. */
  public long handedOver() {
    return handedOver.sum();
  }
}
