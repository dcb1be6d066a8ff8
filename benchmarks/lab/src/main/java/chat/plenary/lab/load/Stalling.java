package chat.plenary.lab.load;

import java.util.function.Consumer;

/** A group in which everybody reads, and then the same group with some who stopped reading. */
final class Stalling implements Scenario {
  private static final int MEMBERS = 500;
  private static final int SENDERS = 50;
  private static final int STALLED = 5;

  /** So many bytes that what sockets hold for who does not read is full within the phase. */
  private static final double RATE = 1_500;

  @Override
  public String name() {
    return "slow-reader";
  }

  @Override
  public String what() {
    return "%,.0f sends/s to one group of %,d live members, %d of whom send in turn; then the same while %d more do not read"
        .formatted(RATE, MEMBERS, SENDERS, STALLED);
  }

  @Override
  public boolean isForAll() {
    return false;
  }

  @Override
  public void run(Target target, Settings settings, Consumer<Row> rows) throws Exception {
    int[] groups = new int[MEMBERS + STALLED];
    int[] turns = new int[SENDERS];
    for (int i = 0; i < SENDERS; i++) {
      turns[i] = i;
    }
    target.prepare(groups);
    double rate = settings.offered() > 0 ? settings.offered() : RATE;
    try (Crowd reading = new Crowd(target, groups, 0, MEMBERS, turns, settings.window());
        Crowd stalled =
            new Crowd(target, groups, MEMBERS, groups.length, turns, settings.window())) {
      reading.connect();
      rows.accept(row(reading, target, settings, "all read", rate));
      stalled.connect();
      stalled.loop.stopReading();
      rows.accept(row(reading, target, settings, STALLED + " do not", rate));
    }
  }

  private Row row(Crowd crowd, Target target, Settings settings, String phase, double rate)
      throws Exception {
    return Row.of(
        name(),
        target.name(),
        crowd.send(phase, rate, settings.warm(), settings.seconds()),
        settings.maxLagMillis());
  }
}
