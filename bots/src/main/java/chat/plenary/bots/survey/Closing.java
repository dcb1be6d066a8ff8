package chat.plenary.bots.survey;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Closes a run: what is being sent is brought to its end, what was not sent is deleted, the exact
 * figures are published once, and then all pseudonyms go with the secret that they came of. May be
 * begun again at any point, on any node.
 */
final class Closing {
  private final Runs runs;
  private final Drafts drafts;
  private final Answers answers;
  private final Results results;

  Closing(Runs runs, Drafts drafts, Answers answers, Results results) {
    this.runs = runs;
    this.drafts = drafts;
    this.answers = answers;
    this.results = results;
  }

  Future<Void> close(Run run) {
    return runs.move(run, Runs.Stage.OPEN, Runs.Stage.CLOSING)
        .compose(v -> runs.find(run))
        .compose(
            entry ->
                entry == null || entry.stage() == Runs.Stage.CLOSED
                    ? Future.succeededFuture()
                    : settleFrom(run, null)
                        .compose(v -> results.publishLast(run))
                        .compose(v -> clear(run))
                        .compose(v -> drafts.forgetKeys(run))
                        .compose(v -> drafts.forgetSecret(run))
                        .compose(v -> runs.move(run, Runs.Stage.CLOSING, Runs.Stage.CLOSED))
                        .mapEmpty());
  }

  /** Leaves no draft that could still become an answer. */
  private Future<Void> settleFrom(Run run, @Nullable String after) {
    return drafts
        .page(run, after)
        .compose(
            rows -> {
              Future<Void> done = Future.succeededFuture();
              for (Drafts.Row row : rows) {
                done = done.compose(v -> settle(run, row));
              }
              return rows.isEmpty()
                  ? done
                  : done.compose(v -> settleFrom(run, rows.get(rows.size() - 1).id()));
            });
  }

  private Future<Void> settle(Run run, Drafts.Row row) {
    return switch (row.stage()) {
      case DONE -> Future.succeededFuture();
      // Erasing may have been cut off before the key went.
      case ERASED -> drafts.forget(row);
      case SENDING -> answers.finish(run, row);
      case OPEN ->
          drafts
              .erase(row)
              .compose(
                  erased ->
                      erased
                          ? Future.succeededFuture()
                          : drafts
                              .find(row.id())
                              .compose(
                                  moved ->
                                      moved == null
                                          ? Future.succeededFuture()
                                          : settle(run, moved)));
    };
  }

  private Future<Void> clear(Run run) {
    return drafts
        .page(run, null)
        .compose(
            (List<Drafts.Row> rows) ->
                rows.isEmpty()
                    ? Future.succeededFuture()
                    : drafts.delete(rows).compose(v -> clear(run)));
  }
}
