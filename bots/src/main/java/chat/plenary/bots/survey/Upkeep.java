package chat.plenary.bots.survey;

import chat.plenary.messaging.log.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with what a node left when it died: drafts that were being sent, and closes. Each run is
 * looked after by one node, soon after its start and then every minute; should two do it at once,
 * each finds done what the other did.
 */
final class Upkeep {
  private static final Logger LOGGER = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Runs runs;
  private final Drafts drafts;
  private final Answers answers;
  private final Results results;
  private final Closing closing;
  private final Predicate<Run> mine;
  private final Timers timers;
  private volatile boolean closed;

  Upkeep(
      Runs runs,
      Drafts drafts,
      Answers answers,
      Results results,
      Closing closing,
      Predicate<Run> mine,
      Timers timers) {
    this.runs = runs;
    this.drafts = drafts;
    this.answers = answers;
    this.results = results;
    this.closing = closing;
    this.mine = mine;
    this.timers = timers;
  }

  /** Begins; the first time when the node has had time to hear of the others. */
  void start() {
    timers.after(FIRST, this::round);
  }

  void close() {
    closed = true;
  }

  private void round() {
    if (closed) {
      return;
    }
    sweep()
        .onFailure(failure -> LOGGER.warn("looking after surveys failed: {}", failure.toString()))
        .onComplete(done -> timers.after(EVERY, this::round));
  }

  /** Looks once after all runs that are this node's. */
  Future<Void> sweep() {
    return sweepFrom(null);
  }

  private Future<Void> sweepFrom(@Nullable String after) {
    return runs.page(after)
        .compose(
            entries -> {
              Future<Void> done = Future.succeededFuture();
              for (Runs.Entry entry : entries) {
                if (mine.test(entry.run())) {
                  done = done.compose(v -> look(entry));
                }
              }
              return entries.isEmpty() || closed
                  ? done
                  : done.compose(v -> sweepFrom(entries.get(entries.size() - 1).bot().value()));
            });
  }

  private Future<Void> look(Runs.Entry entry) {
    return switch (entry.stage()) {
      case OPEN -> finish(entry.run());
      case CLOSING -> closing.close(entry.run());
      case CLOSED -> Future.succeededFuture();
    };
  }

  /** A page of what is being sent; what is left after it waits for the next round. */
  private Future<Void> finish(Run run) {
    return drafts
        .sending(run)
        .compose(
            (List<Drafts.Row> rows) -> {
              Future<Void> done = Future.succeededFuture();
              for (Drafts.Row row : rows) {
                done = done.compose(v -> answers.finish(run, row));
              }
              return rows.isEmpty() ? done : done.onSuccess(v -> results.refresh(run));
            });
  }
}
