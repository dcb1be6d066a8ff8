package chat.plenary.lab.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Requests by a schedule, as {@link Sending} does it with messages. */
record Asking(String name, String what, Work work) implements Scenario {
  private static final double RATE = 50;
  private static final int AWAY = 200;
  private static final int TEN = 10;
  private static final int PAGE = 50;
  private static final int READERS = 2_000;

  /** What a scenario does. */
  interface Work {
    void run(PlenaryTarget target, Settings settings, Consumer<Row> rows) throws Exception;
  }

  /**
   * What became of requests.
   *
   * @param micros from the time at which each was due to its answer
   * @param lag of the generator behind its own schedule, µs
   * @param problem of one that failed; null where none did
   */
  record Answers(
      double offered,
      double done,
      Histogram micros,
      Histogram lag,
      long bytes,
      @Nullable String problem) {
    Row row(String scenario, String server, String phase, Settings settings, String remark) {
      double behind = lag.getValueAtPercentile(99) / 1e3;
      String why =
          problem != null
              ? "FAILED: " + problem
              : behind > settings.maxLagMillis()
                  ? "FAILED: the generator fell behind its schedule"
                  : remark;
      return Row.timed(
          scenario,
          server,
          !why.startsWith("FAILED"),
          phase,
          offered,
          done,
          micros,
          why + " (%,d bytes an answer)".formatted(bytes / Math.max(1, micros.getTotalCount())));
    }
  }

  @Override
  public boolean isForAll() {
    return false;
  }

  @Override
  public void run(Target target, Settings settings, Consumer<Row> rows) throws Exception {
    work.run((PlenaryTarget) target, settings, rows);
  }

  /** Asks so often, so many times, and waits for all answers. */
  static Answers ask(double rate, int count, IntFunction<CompletableFuture<byte[]>> request) {
    Histogram micros = new ConcurrentHistogram(1, 600_000_000L, 3);
    Histogram lag = new Histogram(1, 600_000_000L, 3);
    AtomicLong bytes = new AtomicLong();
    AtomicReference<@Nullable String> problem = new AtomicReference<>();
    CompletableFuture<?>[] all = new CompletableFuture<?>[count];
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = began + (long) (i * 1e9 / rate);
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        LockSupport.parkNanos(due - now);
      }
      lag.recordValue(Math.max(1, (System.nanoTime() - due) / 1_000));
      all[i] =
          request
              .apply(i)
              .handle(
                  (answer, failure) -> {
                    micros.recordValue(Math.max(1, (System.nanoTime() - due) / 1_000));
                    if (failure != null) {
                      problem.set(failure.getMessage());
                    } else {
                      bytes.addAndGet(answer.length);
                    }
                    return answer;
                  });
    }
    CompletableFuture.allOf(all).join();
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Answers(rate, count / seconds, micros, lag, bytes.get(), problem.get());
  }

  private static int[] groups(int members) {
    int[] groups = new int[members];
    Arrays.setAll(groups, i -> i / TEN);
    return groups;
  }

  private static int[] everybody(int members) {
    int[] turns = new int[members];
    Arrays.setAll(turns, i -> i);
    return turns;
  }

  static Asking sync() {
    return new Asking(
        "sync",
        "%d members of 20 groups were away while 500 messages came to each, and sync by REST; %.0f a second"
            .formatted(AWAY, RATE),
        (target, settings, rows) -> {
          target.prepare(groups(AWAY));
          String[] cursors = new String[AWAY];
          PlenaryTarget.each(
              AWAY,
              i ->
                  target
                      .rest
                      .json("GET", "/sync", target.token(i), null)
                      .thenAccept(answer -> cursors[i] = answer.path("cursor").asText()));
          fill(target, groups(AWAY), 1_000, 10, settings, rows, "sync");
          Answers answers =
              ask(
                  RATE,
                  AWAY,
                  i ->
                      target
                          .rest
                          .bytes("GET", "/sync?cursor=" + cursors[i], target.token(i), null)
                          .thenApply(bytes -> synced(bytes)));
          rows.accept(answers.row("sync", target.name(), "after a week", settings, ""));
        });
  }

  private static byte[] synced(byte[] bytes) {
    JsonNode conversations = Rest.parse(bytes).path("conversations");
    if (conversations.size() != 1 || conversations.get(0).path("entries").size() != PAGE) {
      throw new IllegalStateException("A sync has not the newest entries of the one group.");
    }
    return bytes;
  }

  static Asking history() {
    return new Asking(
        "history",
        "pages of 50 at random places of a group of 20,000 messages; %.0f a second"
            .formatted(RATE * 2),
        (target, settings, rows) -> {
          target.prepare(new int[TEN]);
          fill(target, new int[TEN], 1_800, 11.2, settings, rows, "history");
          String path = "/conversations/" + target.conversation(0) + "/entries?limit=" + PAGE;
          Random random = new Random(1);
          Answers answers =
              ask(
                  RATE * 2,
                  (int) (RATE * 2 * settings.seconds()),
                  i ->
                      target
                          .rest
                          .bytes(
                              "GET",
                              path + "&before=" + (100 + random.nextInt(18_000)),
                              target.token(i % TEN),
                              null)
                          .thenApply(Asking::page));
          rows.accept(answers.row("history", target.name(), "paging", settings, ""));
        });
  }

  private static byte[] page(byte[] bytes) {
    if (Rest.parse(bytes).path("entries").size() != PAGE) {
      throw new IllegalStateException("A page has not 50 entries.");
    }
    return bytes;
  }

  private static void fill(
      PlenaryTarget target,
      int[] groups,
      double rate,
      double seconds,
      Settings settings,
      Consumer<Row> rows,
      String name)
      throws Exception {
    try (Crowd crowd = new Crowd(target, groups, everybody(groups.length), settings.window())) {
      crowd.connect();
      rows.accept(
          Row.of(
              name,
              target.name(),
              crowd.send("filling", rate, 0, seconds),
              settings.maxLagMillis()));
    }
  }

  static Asking readers() {
    return new Asking(
        "readers",
        "who has read a message of a group of 2,000, half of whom have; pages of 200, %.0f a second"
            .formatted(RATE),
        (target, settings, rows) -> {
          target.prepare(new int[READERS]);
          String conversation = "/conversations/" + target.conversation(0);
          String message =
              "{\"ref\":\"asked\",\"body\":{\"type\":\"text\",\"text\":\"Who reads this?\"}}";
          long seq =
              target
                  .rest
                  .json("POST", conversation + "/messages", target.token(0), message)
                  .get()
                  .path("seq")
                  .asLong();
          Answers moved =
              ask(
                  RATE * 4,
                  READERS / 2,
                  i ->
                      target.rest.bytes(
                          "PUT",
                          conversation + "/position",
                          target.token(i + 1),
                          "{\"seq\":" + seq + "}"));
          rows.accept(moved.row("readers", target.name(), "reading", settings, ""));
          String path = conversation + "/messages/" + seq + "/readers?limit=200&state=read";
          Answers answers =
              ask(
                  RATE,
                  (int) (RATE * settings.seconds()),
                  i ->
                      target
                          .rest
                          .bytes("GET", path, target.token(i), null)
                          .thenApply(Asking::counted));
          rows.accept(answers.row("readers", target.name(), "asking", settings, ""));
        });
  }

  private static byte[] counted(byte[] bytes) {
    JsonNode answer = Rest.parse(bytes);
    if (answer.path("read").asInt() != READERS / 2) {
      throw new IllegalStateException("Read by " + answer.path("read") + ", not by half.");
    }
    return bytes;
  }
}
