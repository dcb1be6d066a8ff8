package chat.plenary.lab.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Messages to groups: a few in an idle server, then more than it takes, then half of what it took.
 *
 * @param groups of each member the group's number
 * @param turns whose turn it is to send, over and over
 * @param offered sends a second that are meant to be more than a server takes
 * @param saturating whether that is done; else the rate is a day's, and people read besides
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sending(
    String name, String what, int[] groups, int[] turns, double offered, boolean saturating)
    implements Scenario {
  private static final int SENDERS = 50;
  private static final int TEN = 10;
  private static final double LONELY_RATE = 4;
  private static final double READS = 40;

  static Sending group(int members, double offered) {
    return new Sending(
        "group-" + members,
        "one group of %,d live members, %d of whom send in turn, 100-byte texts; offered %,.0f sends/s, then half of what was taken"
            .formatted(members, SENDERS, offered),
        new int[members],
        upTo(Math.min(members, SENDERS)),
        offered,
        true);
  }

  static Sending tens(int groups, double offered) {
    return new Sending(
        "tens",
        "%,d groups of ten live members, who all send in turn; offered %,.0f sends/s, then half of what was taken"
            .formatted(groups, offered),
        upTo(groups * TEN, groups),
        upTo(groups * TEN),
        offered,
        true);
  }

  static Sending direct(int pairs, double offered) {
    return new Sending(
        "direct",
        "%,d pairs in direct conversations, who all send in turn; offered %,.0f sends/s, then half of what was taken"
            .formatted(pairs, offered),
        upTo(pairs * 2, pairs),
        upTo(pairs * 2),
        offered,
        true);
  }

  /** A group of 200 gets 10 of 100 sends, 20 groups of ten 50, 100 pairs 40. */
  static Sending mix(double offered) {
    List<Integer> groups = new ArrayList<>();
    List<Integer> turns = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      groups.add(0);
    }
    for (int i = 0; i < 200; i++) {
      groups.add(1 + i / TEN);
    }
    for (int i = 0; i < 200; i++) {
      groups.add(21 + i / 2);
    }
    for (int i = 0; i < 10_000; i++) {
      int of = random.nextInt(100);
      turns.add((of < 10 ? 0 : of < 60 ? 200 : 400) + random.nextInt(200));
    }
    return new Sending(
        "mix",
        "a working day: %,.0f sends/s, of 100 of which 10 go to a group of 200, 50 to 20 groups of ten, 40 to 100 direct conversations; and where the server has history, %.0f requests/s, of 8 of which 4 move a read position, 3 open a page of history, 1 syncs"
            .formatted(offered, READS),
        groups.stream().mapToInt(Integer::intValue).toArray(),
        turns.stream().mapToInt(Integer::intValue).toArray(),
        offered,
        false);
  }

  private static int[] upTo(int count) {
    return upTo(count, count);
  }

  private static int[] upTo(int count, int modulo) {
    int[] numbers = new int[count];
    Arrays.setAll(numbers, i -> i % modulo);
    return numbers;
  }

  @Override
  public boolean isForAll() {
    return true;
  }

  @Override
  public void run(Target target, Settings settings, Consumer<Row> rows) throws Exception {
    target.prepare(groups);
    try (Crowd crowd = new Crowd(target, groups, turns, settings.window())) {
      crowd.connect();
      if (!saturating) {
        mixed(crowd, settings, rows);
        return;
      }
      rows.accept(row(crowd.send("idle", LONELY_RATE, 1, 3), target, settings));
      Phase most = crowd.send("saturated", rate(settings), settings.warm(), settings.seconds());
      rows.accept(row(most, target, settings));
      double half = Math.max(1, most.sends() / 2);
      rows.accept(
          row(crowd.send("half", half, settings.warm() / 2, settings.seconds()), target, settings));
    }
  }

  private double rate(Settings settings) {
    return settings.offered() > 0 ? settings.offered() : offered;
  }

  private Row row(Phase phase, Target target, Settings settings) {
    return Row.of(name, target.name(), phase, settings.maxLagMillis());
  }

  private void mixed(Crowd crowd, Settings settings, Consumer<Row> rows) throws Exception {
    if (!(crowd.target instanceof PlenaryTarget plenary)) {
      rows.accept(
          row(
              crowd.send("day", rate(settings), settings.warm(), settings.seconds()),
              crowd.target,
              settings));
      return;
    }
    double seconds = settings.warm() + settings.seconds();
    CompletableFuture<Asking.Answers> reading =
        CompletableFuture.supplyAsync(
            () -> Asking.ask(READS, (int) (READS * seconds), i -> read(plenary, i)));
    rows.accept(
        row(
            crowd.send("day", rate(settings), settings.warm(), settings.seconds()),
            plenary,
            settings));
    rows.accept(
        reading.get(1, TimeUnit.MINUTES).row(name, plenary.name(), "reading", settings, ""));
  }

  private CompletableFuture<byte[]> read(PlenaryTarget plenary, int i) {
    int member = i * 7 % groups.length;
    String conversation = "/conversations/" + plenary.conversation(groups[member]);
    String token = plenary.token(member);
    return switch (i % 8) {
      case 0, 1, 2, 3 ->
          plenary.rest.bytes("PUT", conversation + "/position", token, "{\"seq\":" + (1 + i) + "}");
      case 4, 5, 6 -> plenary.rest.bytes("GET", conversation + "/entries?limit=50", token, null);
      default -> plenary.rest.bytes("GET", "/sync", token, null);
    };
  }
}
