package chat.plenary.lab.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** How what a message and a connection cost grows with what there is. */
record Scaling(String name, String what, boolean isForAll, Work work) implements Scenario {
  private static final int[] MEMBERS = {10, 100, 250, 500, 1_000, 2_000};
  private static final int[] CONVERSATIONS = {0, 1_000, 2_000, 4_000};
  private static final int TEN = 10;
  private static final double RATE = 50;
  private static final double BUSY_RATE = 400;
  private static final int STEPS = 5;

  /** The first step of a server that just began warms up for longer, so many times. */
  private static final double COLD = 5;

  /** What a scenario does. */
  interface Work {
    void run(Target target, Settings settings, Consumer<Row> rows) throws Exception;
  }

  @Override
  public void run(Target target, Settings settings, Consumer<Row> rows) throws Exception {
    work.run(target, settings, rows);
  }

  /** One group after another, each with more live members than the one before. */
  static Scaling members() {
    return new Scaling(
        "scale-members",
        "%.0f sends/s to one group after another, of %s live members"
            .formatted(RATE, Arrays.toString(MEMBERS)),
        true,
        (target, settings, rows) -> {
          int[] groups = new int[Arrays.stream(MEMBERS).sum()];
          int first = 0;
          for (int i = 0; i < MEMBERS.length; i++) {
            Arrays.fill(groups, first, first + MEMBERS[i], i);
            first += MEMBERS[i];
          }
          target.prepare(groups);
          first = 0;
          for (int members : MEMBERS) {
            int from = first;
            first += members;
            int[] turns = new int[TEN];
            Arrays.setAll(turns, i -> i);
            try (Crowd crowd = new Crowd(target, groups, from, first, turns, settings.window())) {
              crowd.connect();
              Phase phase =
                  crowd.send(
                      String.format(Locale.ROOT, "%,d", members),
                      RATE,
                      members == MEMBERS[0] ? COLD * settings.warm() : settings.warm(),
                      settings.seconds());
              rows.accept(
                  Row.of("scale-members", target.name(), phase, settings.maxLagMillis())
                      .with(cost("scale-members", "live members of the group", members, phase)));
            }
          }
        });
  }

  /** The same people and rate, with more and more conversations that nobody writes to. */
  static Scaling conversations() {
    return new Scaling(
        "scale-conversations",
        "%.0f sends/s to 20 groups of ten live members, with %s other conversations in the store"
            .formatted(BUSY_RATE, Arrays.toString(CONVERSATIONS)),
        false,
        (target, settings, rows) -> {
          int[] groups = new int[20 * TEN];
          Arrays.setAll(groups, i -> i / TEN);
          target.prepare(groups);
          int[] turns = new int[groups.length];
          Arrays.setAll(turns, i -> i);
          int made = 0;
          for (int conversations : CONVERSATIONS) {
            ((PlenaryTarget) target).addGroups(made, conversations);
            made = conversations;
            try (Crowd crowd = new Crowd(target, groups, turns, settings.window())) {
              crowd.connect();
              Phase phase =
                  crowd.send(
                      String.format(Locale.ROOT, "%,d", conversations),
                      BUSY_RATE,
                      conversations == CONVERSATIONS[0] ? COLD * settings.warm() : settings.warm(),
                      settings.seconds());
              rows.accept(
                  Row.of("scale-conversations", target.name(), phase, settings.maxLagMillis())
                      .with(
                          cost(
                              "scale-conversations",
                              "other conversations in the store",
                              conversations,
                              phase)));
            }
          }
        });
  }

  private static Picture.Point cost(String picture, String over, int x, Phase phase) {
    return new Picture.Point(
        picture,
        over,
        "server CPU of a send, ms",
        x,
        phase.serverCores() / Math.max(1e-9, phase.sends()) * 1e3);
  }

  /** More and more connections that do nothing. */
  static Scaling connections() {
    return new Scaling(
        "scale-connections",
        "resident memory of the server with more and more connections that do nothing, after a full collection where it is one of Java",
        true,
        (target, settings, rows) -> {
          int[] groups = new int[settings.connections()];
          Arrays.setAll(groups, i -> i / TEN);
          target.prepare(groups);
          try (Crowd crowd = new Crowd(target, groups, new int[] {0}, settings.window())) {
            for (int step = 0; step <= STEPS; step++) {
              int connections = groups.length * step / STEPS;
              crowd.connect(connections);
              Thread.sleep(1_000);
              double resident = Idling.resident(target) / 1e6;
              rows.accept(
                  Row.timed(
                          "scale-connections",
                          target.name(),
                          true,
                          String.format(Locale.ROOT, "%,d", connections),
                          0,
                          0,
                          new Histogram(1),
                          String.format(Locale.ROOT, "%,.0f MB resident", resident))
                      .with(
                          new Picture.Point(
                              "scale-connections",
                              "idle connections",
                              "resident memory, MB",
                              connections,
                              resident)));
            }
            crowd.check();
          }
        });
  }
}
