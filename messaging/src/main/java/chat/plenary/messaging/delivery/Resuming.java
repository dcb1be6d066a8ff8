package chat.plenary.messaging.delivery;

import chat.plenary.messaging.conversation.Inbox;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.protocol.ServerFrame;
import chat.plenary.messaging.protocol.ServerFrame.Bye.Reason;
import chat.plenary.messaging.sync.Sync;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings one session up to date: everything since its cursor from the store, then what came
 * meanwhile, then live. The cursor that it will stand at is taken after the session was registered
 * and before anything is read, so that nothing falls between.
 */
final class Resuming {
  private static final int PATIENCE_MILLIS = 50;
  private static final int MAX_PATIENCE = 600;

  /** After which what was judged is judged again, for nobody is removed without notice. */
  private static final long JUDGED = TimeUnit.SECONDS.toNanos(1);

  private final Log log;
  private final Sync sync;
  private final LiveSession session;
  private final Outbox outbox;
  private final @Nullable Cursor since;
  private final Cursor reached;
  private final long most;
  private final Runnable done;
  private final Runnable anew;
  private final Map<ConversationId, Long> told = new HashMap<>();
  private final long began = System.nanoTime();
  private int waited;

  /**
   * What brings a session up to date.
   *
   * @param reached where it will stand
   * @param most bytes that the socket may have pending before the next conversation is read
   * @param done is called once, at the end
   * @param anew is called after that where the session is to be brought up to date once more
   */
  Resuming(
      Log log,
      Sync sync,
      LiveSession session,
      Cursor reached,
      long most,
      Runnable done,
      Runnable anew) {
    this.log = log;
    this.sync = sync;
    this.session = session;
    this.outbox = session.outbox;
    this.since = session.place();
    this.reached = reached;
    this.most = most;
    this.done = done;
    this.anew = anew;
  }

  /** A frame, and the row that it tells of. */
  private record Told(ServerFrame.Conversation frame, Inbox.Row row) {}

  void start() {
    session.reading = this;
    Future<List<Inbox.Row>> rows =
        since == null
            ? sync.newest(session.caller)
            : log.reach(since).compose(v -> sync.changed(session.caller, since));
    rows.onComplete(
        read ->
            onLoop(
                () -> {
                  if (read.succeeded()) {
                    next(read.result(), 0);
                  } else {
                    failed(read.cause());
                  }
                }));
  }

  private void onLoop(Runnable task) {
    if (outbox.outlet().loop.inEventLoop()) {
      task.run();
    } else {
      outbox.outlet().loop.execute(task);
    }
  }

  private void next(List<Inbox.Row> rows, int index) {
    if (isOver()) {
      // The socket is gone, or something else was missed and reading begins anew.
      done.run();
    } else if (!outbox.outlet().isFresh()) {
      again();
    } else if (outbox.pending() > most) {
      waitForSocket(rows, index);
    } else if (index == rows.size()) {
      live();
    } else {
      judged(rows.get(index))
          .compose(this::frame)
          .onComplete(read -> onLoop(() -> told(read, rows, index)));
    }
  }

  private boolean isOver() {
    return outbox.isEnded() || session.reading != this;
  }

  /** The row as it was read, or read again where that was a while ago. */
  private Future<Optional<Inbox.Row>> judged(Inbox.Row row) {
    return System.nanoTime() - began < JUDGED
        ? Future.succeededFuture(Optional.of(row))
        : sync.again(session.caller, row);
  }

  private Future<Optional<Told>> frame(Optional<Inbox.Row> judged) {
    if (judged.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    Inbox.Row row = judged.get();
    if (since == null) {
      return Future.succeededFuture(
          row.view().member().current()
              ? Optional.of(new Told(Sync.bare(session.caller, row), row))
              : Optional.empty());
    }
    return sync.entries(session.caller, row, since).map(frame -> Optional.of(new Told(frame, row)));
  }

  private void told(AsyncResult<Optional<Told>> read, List<Inbox.Row> rows, int index) {
    if (isOver()) {
      done.run();
    } else if (read.failed()) {
      failed(read.cause());
    } else if (!outbox.outlet().isFresh()) {
      again();
    } else {
      read.result().ifPresent(this::tell);
      outbox.outlet().loop.execute(() -> next(rows, index + 1));
    }
  }

  private void tell(Told one) {
    told.put(one.row().view().state().id(), one.row().view().upTo());
    outbox.send(one.frame());
  }

  private void waitForSocket(List<Inbox.Row> rows, int index) {
    outbox.flush();
    if (++waited > MAX_PATIENCE) {
      end(Reason.SLOW, "You read too slowly: connect again.");
      return;
    }
    outbox.outlet().loop.schedule(() -> next(rows, index), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void live() {
    session.standsAt(reached);
    if (!session.backlog.isEmpty() && System.nanoTime() - began > JUDGED) {
      // What came meanwhile was judged when it came: the store tells who may still see it.
      session.backlog.forEach(one -> session.lacks(one.entry));
      session.backlog.clear();
      done.run();
      anew.run();
      return;
    }
    session.live(told, log.cursor());
    for (LiveSession.Waiting one : session.backlog) {
      if (!session.wasTold(one.entry)) {
        outbox.write(one.bytes);
        session.told = true;
      }
      int lane = one.entry.lane();
      session.sent[lane] = Math.max(session.sent[lane], one.entry.n());
    }
    session.backlog.clear();
    outbox.send(new ServerFrame.Live(reached.encode()));
    done.run();
  }

  /** The node ceased to be fresh: all of it again when it is. */
  private void again() {
    session.fallBehind();
    done.run();
  }

  private void failed(Throwable why) {
    if (isOver()) {
      done.run();
    } else if (!outbox.outlet().isFresh()) {
      again();
    } else if (why instanceof Fault fault && fault.code() == Fault.Code.GONE) {
      end(Reason.GONE, "This cursor is from before a restored backup: connect without one.");
    } else if (why instanceof Fault fault && "cursor".equals(fault.field())) {
      end(Reason.BEHIND, "This node is behind your cursor: connect again.");
    } else {
      end(Reason.UNAVAILABLE, "This node cannot serve now: connect again.");
    }
  }

  private void end(Reason reason, String detail) {
    outbox.end(new ServerFrame.Bye(reason, detail));
    done.run();
  }
}
