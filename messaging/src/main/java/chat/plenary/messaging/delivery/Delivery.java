package chat.plenary.messaging.delivery;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Revocations;
import chat.plenary.messaging.account.Revoked;
import chat.plenary.messaging.cluster.Bus;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.conversation.Positions;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.LiveListener;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.protocol.ServerFrame;
import chat.plenary.messaging.sync.Sync;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The live sessions of this node, and what reaches them: entries as the node applies them, and what
 * is no entry. Nothing is written while the node is not fresh; what was missed then is read from
 * the store.
 */
public final class Delivery {
  private static final String TYPING = "typing";
  private static final int TICK_MILLIS = 100;
  private static final int TICKS_A_SECOND = 10;
  private static final int RESUMING_AT_ONCE = 64;

  private final Log log;
  private final Sync sync;
  private final Bus bus;
  private final Handed handed;
  private final Receipts receipts;
  private final ResultsViewers viewers;
  private final Map<EventLoop, Outlet> outlets = new ConcurrentHashMap<>();
  private final Object resumes = new Object();
  private final Deque<Runnable> toResume = new ArrayDeque<>();
  private int resuming;
  private volatile boolean closed;
  private volatile long maxPending = 2 * 1024 * 1024;

  public Delivery(
      Log log,
      Access access,
      Sync sync,
      Positions positions,
      Revocations revocations,
      Signals signals,
      Bus bus,
      Timers timers) {
    this.log = log;
    this.sync = sync;
    this.bus = bus;
    this.handed = new Handed(log, this::offer, this::missed);
    this.receipts = new Receipts(access, positions);
    this.viewers = new ResultsViewers(timers.clock());
    revocations.listen(this::revoked);
    positions.listen(this::moved);
    signals.listen(this::signalled);
    bus.subscribe(TYPING, this::typingHeard);
  }

  /** What hears of entries as they are applied; to be registered before the log starts. */
  public LiveListener listener() {
    return handed;
  }

  /** To be called when the log has started, before any session is opened. */
  public void start() {
    handed.start();
  }

  /** Tells no more cursors and positions, and reads nothing on. */
  public void close() {
    closed = true;
  }

  /** Bytes that a socket may leave unread before it is closed; 2 MiB unless set. */
  public void limitPending(long bytes) {
    maxPending = bytes;
  }

  boolean isFresh() {
    return log.isFresh();
  }

  Cursor handed() {
    return handed.cursor();
  }

  Receipts receipts() {
    return receipts;
  }

  // ---- sessions, on their sockets' event loops

  /**
   * The path to a socket.
   *
   * @param closing says goodbye at the level of WebSockets; called once, after the last frame
   */
  public Outbox outbox(ChannelHandlerContext context, Runnable closing) {
    EventLoop loop = context.channel().eventLoop();
    if (context.pipeline().get(IdleStateHandler.class) != null) {
      // It makes a promise for every write that passes it; a live connection has its heartbeat.
      context.pipeline().remove(IdleStateHandler.class);
    }
    return new Outbox(context, outlets.computeIfAbsent(loop, this::outlet), closing);
  }

  private Outlet outlet(EventLoop loop) {
    Outlet outlet = new Outlet(loop, this, log::isFresh, maxPending);
    tick(outlet, 1);
    return outlet;
  }

  private void tick(Outlet outlet, int count) {
    if (closed || outlet.loop.isShuttingDown()) {
      return;
    }
    outlet.loop.schedule(
        () -> {
          if (count % TICKS_A_SECOND == 0) {
            outlet.tick();
          } else {
            outlet.recover();
          }
          tick(outlet, (count + 1) % TICKS_A_SECOND);
        },
        TICK_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  /** Registers a session: from now on it hears of its conversations, once it has resumed. */
  public LiveSession open(Caller caller, Outbox outbox) {
    LiveSession session = new LiveSession(caller, outbox);
    outbox.outlet().add(session);
    return session;
  }

  /**
   * Tells a session all that changed since a cursor, then what comes.
   *
   * @param since the client's cursor; null tells of its newest conversations
   */
  public void begin(LiveSession session, @Nullable Cursor since) {
    if (since != null) {
      session.standsAt(since);
    }
    resume(session);
  }

  void resume(LiveSession session) {
    session.phase = LiveSession.Phase.RESUMING;
    Runnable task = () -> session.outbox.outlet().run(() -> resumeNow(session));
    synchronized (resumes) {
      if (resuming >= RESUMING_AT_ONCE) {
        toResume.add(task);
        return;
      }
      resuming++;
    }
    task.run();
  }

  private void resumeNow(LiveSession session) {
    if (session.outbox.isEnded()) {
      resumed();
      return;
    }
    new Resuming(
            log,
            sync,
            session,
            handed.cursor(),
            maxPending / 4,
            this::resumed,
            () -> resume(session))
        .start();
  }

  private void resumed() {
    Runnable next;
    synchronized (resumes) {
      next = toResume.poll();
      if (next == null) {
        resuming--;
        return;
      }
    }
    next.run();
  }

  /** Forgets a session whose socket is closed. */
  public void close(LiveSession session) {
    session.outbox.outlet().remove(session);
  }

  /** Wants read counts of some messages of a conversation. */
  public void watch(LiveSession session, ConversationId conversation, List<Long> seqs) {
    receipts.watch(session, conversation, seqs);
  }

  /**
   * A session reads a conversation in a language, and follows a meeting's growing captions; what it
   * said before of that conversation is over.
   *
   * @param language null for what was said itself
   * @param meeting null for none
   * @return false where the session reads as many conversations as it may
   */
  public boolean reading(
      LiveSession session,
      ConversationId conversation,
      @Nullable String language,
      @Nullable String meeting) {
    return session
        .outbox
        .outlet()
        .readers
        .read(session, conversation, new LiveSession.Reading(language, meeting));
  }

  // ---- what comes, on any thread

  private void offer(News news) {
    outlets.values().forEach(outlet -> outlet.offer(news));
  }

  private void missed(Entry entry) {
    outlets.values().forEach(outlet -> outlet.run(() -> outlet.missed(entry.lane(), entry.n())));
  }

  private void each(AccountId account, Consumer<LiveSession> what) {
    outlets.values().forEach(outlet -> outlet.each(account, what));
  }

  private void revoked(Revoked revoked) {
    ServerFrame.Bye bye =
        new ServerFrame.Bye(ServerFrame.Bye.Reason.REVOKED, revoked.reason().sentence());
    each(
        revoked.account(),
        session -> {
          if (revoked.session() == null || revoked.session().equals(session.caller.session())) {
            session.outbox.end(bye);
          }
        });
  }

  private void moved(Positions.Moved moved) {
    each(moved.account(), session -> session.moved(moved.conversation(), moved.position()));
    outlets.values().forEach(outlet -> outlet.watching(session -> receipts.moved(session, moved)));
  }

  private void signalled(Signals.Signal signal) {
    if (signal instanceof Signals.Signal.Card card) {
      ephemeral(card.viewer(), new ServerFrame.Card(card.conversation(), card.seq()));
    } else if (signal instanceof Signals.Signal.Opened opened) {
      viewers.open(opened.organisation(), opened.survey(), opened.viewer());
    } else if (signal instanceof Signals.Signal.Results results) {
      for (AccountId viewer : viewers.of(results.organisation(), results.survey())) {
        ephemeral(viewer, new ServerFrame.Results(results.survey()));
      }
    } else if (signal instanceof Signals.Signal.Captioned captioned) {
      toReaders(
          captioned.conversation(),
          0,
          reading -> captioned.meeting().equals(reading.meeting()),
          new ServerFrame.Caption(captioned.conversation(), captioned.caption()));
    } else if (signal instanceof Signals.Signal.Translated translated) {
      toReaders(
          translated.conversation(),
          translated.seq(),
          reading -> {
            String language = reading.language();
            return language != null && Language.written(language).equals(translated.language());
          },
          new ServerFrame.Translation(
              translated.conversation(),
              translated.seq(),
              translated.of(),
              translated.language(),
              translated.text(),
              translated.engine(),
              translated.title(),
              translated.problem()));
    } else if (signal instanceof Signals.Signal.Meeting meeting) {
      members(
          meeting.conversation(),
          new ServerFrame.Meeting(meeting.conversation(), meeting.meeting()));
    }
  }

  /**
   * Tells those who read a conversation in a certain way, and may see an entry that was not
   * recalled, as this node's tail knows it.
   *
   * @param seq the entry; 0 for nothing but being members
   */
  private void toReaders(
      ConversationId conversation,
      long seq,
      Predicate<LiveSession.Reading> how,
      ServerFrame frame) {
    if (outlets.values().stream().noneMatch(outlet -> outlet.readers.any(conversation))) {
      return;
    }
    log.state(conversation)
        .onSuccess(
            known -> {
              if (known instanceof ConversationState state && !state.isRecalled(seq)) {
                outlets.values().forEach(outlet -> outlet.toReaders(state, seq, how, frame));
              }
            });
  }

  private void ephemeral(AccountId account, ServerFrame frame) {
    each(
        account,
        session -> {
          if (session.phase == LiveSession.Phase.LIVE && isFresh()) {
            session.outbox.send(frame);
          }
        });
  }

  /** To the sessions of a conversation's present members, as this node's tail knows them. */
  private void members(ConversationId conversation, ServerFrame frame) {
    if (outlets.isEmpty()) {
      return;
    }
    log.state(conversation)
        .onSuccess(
            known -> {
              if (known instanceof ConversationState state) {
                outlets.values().forEach(outlet -> outlet.toMembers(state, null, frame));
              }
            });
  }

  /** A member is typing: tells the others, on all nodes. */
  public void typing(ConversationId conversation, AccountId account) {
    typingHere(conversation, account);
    bus.publish(
        TYPING,
        new JsonObject().put("c", conversation.value()).put("a", account.value()).toBuffer());
  }

  private void typingHeard(Buffer message) {
    JsonObject json = message.toJsonObject();
    typingHere(new ConversationId(json.getString("c")), new AccountId(json.getString("a")));
  }

  /** To members only, as this node's tail knows them. */
  private void typingHere(ConversationId conversation, AccountId account) {
    if (outlets.isEmpty()) {
      return;
    }
    log.state(conversation)
        .onSuccess(
            known -> {
              if (known instanceof ConversationState state && state.isMember(account)) {
                ServerFrame frame = new ServerFrame.Typing(conversation, account);
                outlets.values().forEach(outlet -> outlet.toMembers(state, account, frame));
              }
            });
  }
}
