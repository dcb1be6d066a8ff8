package chat.plenary.lab.load;

import java.io.IOException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What was measured while one rate was offered.
 *
 * @param offered sends a second by the schedule
 * @param sends that were accepted a second
 * @param deliveries a second
 * @param cpuNanos of the server, for each delivery
 * @param serverCores cores that the server kept busy
 * @param residentBytes of the server at the end
 * @param busy share of its time that the generator's thread was busy
 * @param latency from the time at which a message was due to the time at which it was shown, µs
 * @param accepting the same until it was accepted, µs
 * @param lag of the generator behind its own schedule, µs
 * @param unsent due, but its sender had too many on the way: what is offered is more than is taken
 */
record Phase(
    String name,
    double offered,
    double sends,
    double deliveries,
    double cpuNanos,
    double serverCores,
    long residentBytes,
    double busy,
    Histogram latency,
    Histogram accepting,
    Histogram lag,
    int unsent,
    long refused,
    @Nullable String whyRefused,
    long unknowns,
    long incompletes,
    long missing,
    long duplicates,
    long disordered) {

  /** Whether everything that was accepted was shown to everybody once and in order. */
  boolean isRight() {
    return missing == 0 && duplicates == 0 && disordered == 0;
  }

  /** The begin and the end of what counts. */
  static final class Marks {
    private final Crowd crowd;
    private Usage first = new Usage(0, 0);
    private Usage last = first;
    private long began;
    private long ended;
    private long busyBefore;
    private long busyAfter;
    private long shown;
    private long accepted;

    Marks(Crowd crowd) {
      this.crowd = crowd;
    }

    void begin() throws Exception {
      crowd.ask(
          () -> {
            crowd.tally.measure();
            began = System.nanoTime();
            first = usage();
            busyBefore = crowd.loop.busyNanos();
            return true;
          });
    }

    void end() throws Exception {
      crowd.ask(
          () -> {
            ended = System.nanoTime();
            last = usage();
            busyAfter = crowd.loop.busyNanos();
            shown = crowd.tally.shown();
            accepted = crowd.tally.accepted();
            return true;
          });
    }

    private Usage usage() {
      try {
        return crowd.target.usage();
      } catch (IOException e) {
        throw new IllegalStateException("The server is gone.", e);
      }
    }

    Phase phase(String name, double offered, int unsent) throws Exception {
      double seconds = (ended - began) / 1e9;
      long cpu = last.cpuNanos() - first.cpuNanos();
      return crowd.ask(
          () ->
              new Phase(
                  name,
                  offered,
                  accepted / seconds,
                  shown / seconds,
                  shown == 0 ? 0 : (double) cpu / shown,
                  cpu / 1e9 / seconds,
                  last.residentBytes(),
                  (busyAfter - busyBefore) / 1e9 / seconds,
                  crowd.tally.latency(),
                  crowd.tally.accepting(),
                  crowd.tally.lag(),
                  unsent,
                  crowd.tally.refused(),
                  crowd.tally.whyRefused(),
                  crowd.tally.unknowns(),
                  crowd.tally.incompletes(),
                  crowd.missing(),
                  crowd.tally.duplicates(),
                  crowd.tally.disordered()));
    }
  }
}
