package chat.plenary.lab.load;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** People at one server, each with a connection, and the schedule by which they send. */
final class Crowd implements Closeable {
  private static final int CONNECTING = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(20);

  final Target target;
  final Loop loop;
  final Tally tally;
  final List<Member> members = new ArrayList<>();
  private final int[] turns;
  private int turn;
  private int connected;
  private long keptAlive = System.nanoTime();
  private long repeated = System.nanoTime();

  /**
   * People who are not connected yet.
   *
   * @param groups of each member the group's number
   * @param turns whose turn it is to send, over and over
   * @param window messages of one of them that may be on the way
   */
  Crowd(Target target, int[] groups, int[] turns, int window) throws IOException {
    this(target, groups, 0, groups.length, turns, window);
  }

  /** The same, of some members only; turns count from the first of them. */
  Crowd(Target target, int[] groups, int from, int to, int[] turns, int window) throws IOException {
    this.target = target;
    this.turns = turns.clone();
    loop = new Loop();
    tally = new Tally(Arrays.stream(groups).max().orElse(0) + 1);
    for (int i = from; i < to; i++) {
      Member member = new Member(i, groups[i], tally, window);
      member.sitsAt(target.seat(member));
      members.add(member);
    }
  }

  /** Connects all who are not, so many at once. */
  void connect() throws Exception {
    connect(members.size());
  }

  /** Connects members who are not, until so many are. */
  void connect(int wanted) throws Exception {
    long until = System.nanoTime() + PATIENCE.toNanos() + wanted * 10_000_000L;
    int from = connected;
    connected = wanted;
    while (from < wanted) {
      int first = from;
      int to = Math.min(wanted, ask(this::ready) + CONNECTING);
      if (to > first) {
        loop.execute(
            () ->
                members
                    .subList(first, to)
                    .forEach(one -> loop.connect(target.address(), one.seat().wire())));
        from = to;
      }
      check();
      expire(until, "connections were not made");
      Thread.sleep(1);
    }
    while (ask(this::ready) < wanted) {
      check();
      expire(until, "connections were not ready");
      Thread.sleep(2);
    }
  }

  private static void expire(long until, String what) throws TimeoutException {
    if (System.nanoTime() > until) {
      throw new TimeoutException("In time, not all " + what + ".");
    }
  }

  int ready() {
    int ready = 0;
    for (Member member : members) {
      ready += member.isReady() ? 1 : 0;
    }
    return ready;
  }

  /** Throws where a connection was lost that should not have been. */
  void check() throws Exception {
    String lost =
        ask(
            () ->
                members.stream()
                    .filter(one -> one.whyLost() != null)
                    .map(
                        one ->
                            "The connection of member "
                                + one.number
                                + " was lost: "
                                + one.whyLost())
                    .findFirst()
                    .orElse(""));
    if (!lost.isEmpty()) {
      throw new IOException(lost);
    }
  }

  /** Asks the loop. */
  <T> T ask(Supplier<T> question)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Sends by the schedule for a time to warm up and a time that counts. */
  Phase send(String name, double rate, double warmSeconds, double seconds) throws Exception {
    Phase.Marks marks = new Phase.Marks(this);
    long began = System.nanoTime();
    pace(began, 0, rate, warmSeconds);
    marks.begin();
    long sent = (long) Math.ceil(warmSeconds * rate);
    pace(began, sent, rate, warmSeconds + seconds);
    marks.end();
    int unsent = ask(() -> members.stream().mapToInt(Member::forget).sum());
    settle();
    check();
    return marks.phase(name, rate, unsent);
  }

  /** Sends by the schedule for a time, without waiting for anything or measuring it. */
  void sendAlone(double rate, double seconds) {
    pace(System.nanoTime(), 0, rate, seconds);
  }

  /** Each message is due at a time that was known before; what is due is handed to the loop. */
  private void pace(long began, long first, double rate, double untilSeconds) {
    long end = began + (long) (untilSeconds * 1e9);
    long number = first;
    while (true) {
      long due = began + (long) (number * 1e9 / rate);
      long now = System.nanoTime();
      if (due >= end) {
        if (now >= end) {
          return;
        }
        LockSupport.parkNanos(end - now);
      } else if (due > now) {
        LockSupport.parkNanos(due - now);
      } else {
        long from = number;
        while (began + (long) (number * 1e9 / rate) <= Math.min(now, end - 1)) {
          number++;
        }
        long to = number;
        loop.execute(() -> post(began, from, to, rate));
      }
    }
  }

  private void post(long began, long from, long to, double rate) {
    long now = System.nanoTime();
    for (long i = from; i < to; i++) {
      int message = tally.next(began + (long) (i * 1e9 / rate), now);
      members.get(turns[turn]).post(message);
      turn = (turn + 1) % turns.length;
    }
    attend(now);
  }

  /** Every connection says that it is there, and repeats what is not known. */
  private void attend(long now) {
    if (now - keptAlive > KEEP_ALIVE_NANOS) {
      keptAlive = now;
      members.forEach(member -> member.seat().keepAlive());
    }
    if (now - repeated > REPEAT_NANOS) {
      repeated = now;
      members.forEach(Member::repeat);
    }
  }

  /** Waits until everybody was shown everything, or nothing comes any more. */
  void settle() throws Exception {
    long shown = -1;
    long until = 0;
    while (!ask(this::isSettled)) {
      long now = ask(tally::shown);
      if (now != shown) {
        shown = now;
        until = System.nanoTime() + PATIENCE.toNanos();
      } else if (System.nanoTime() > until) {
        return;
      }
      Thread.sleep(20);
    }
  }

  private boolean isSettled() {
    attend(System.nanoTime());
    for (Member member : members) {
      if (!member.isSettled() || member.missing() > 0) {
        return false;
      }
    }
    return tally.unseen() == 0;
  }

  /** What was accepted and not shown, over all members. */
  long missing() {
    long missing = tally.skipped() + tally.unseen();
    for (Member member : members) {
      missing += member.missing();
    }
    return missing;
  }

  @Override
  public void close() {
    loop.close();
  }
}
