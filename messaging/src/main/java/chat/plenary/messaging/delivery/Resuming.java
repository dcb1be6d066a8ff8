package chat.plenary.messaging.delivery;

import chat.plenary.messaging.conversation.Inbox;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.protocol.ServerFrame;
import chat.plenary.messaging.protocol.ServerFrame.Bye.Reason;
import chat.plenary.messaging.sync.Sync;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private final Log log;
  private final Sync sync;
  private final LiveSession session;
  private final Outbox outbox;
  private final @Nullable Cursor since;
  private final Cursor reached;
  private final long most;
  private final Runnable done;
  private final Map<ConversationId, Long> told = new HashMap<>();
  private int waited;

  Resuming(Log log, Sync sync, LiveSession session, Cursor reached, long most, Runnable done) {
    this.log = log;
    this.sync = sync;
    this.session = session;
    this.outbox = session.outbox;
    this.since = session.place();
    this.reached = reached;
    this.most = most;
    this.done = done;
  }

  void start() {
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
    if (outbox.isEnded() || session.phase != LiveSession.Phase.RESUMING) {
      // The socket is gone, or something else was missed and reading begins anew.
      done.run();
    } else if (!outbox.outlet().isFresh()) {
      again();
    } else if (outbox.pending() > most) {
      waitForSocket(rows, index);
    } else if (index == rows.size()) {
      live();
    } else if (since == null) {
      tell(Sync.bare(session.caller, rows.get(index)), rows.get(index));
      outbox.outlet().loop.execute(() -> next(rows, index + 1));
    } else {
      Inbox.Row row = rows.get(index);
      sync.entries(session.caller, List.of(row), since)
          .onComplete(
              read ->
                  onLoop(
                      () -> {
                        if (read.failed()) {
                          failed(read.cause());
                        } else if (!outbox.outlet().isFresh()) {
                          again();
                        } else {
                          tell(read.result().get(0), row);
                          next(rows, index + 1);
                        }
                      }));
    }
  }

  private void tell(ServerFrame.Conversation frame, Inbox.Row row) {
    told.put(row.view().state().id(), row.view().upTo());
    outbox.send(frame);
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
    session.phase = LiveSession.Phase.LIVE;
    for (LiveSession.Waiting one : session.backlog) {
      if (one.entry.seq() > told.getOrDefault(one.entry.conversation(), 0L)) {
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
    if (!outbox.outlet().isFresh()) {
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
