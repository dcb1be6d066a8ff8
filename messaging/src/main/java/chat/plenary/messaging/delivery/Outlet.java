package chat.plenary.messaging.delivery;

import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.conversation.Member;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.message.Targets;
import chat.plenary.messaging.protocol.ServerFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one event loop. Other threads hand things over and go on at once; the loop writes
 * what has gathered, and flushes each socket once. Idle, nothing waits; under pressure a round is
 * put off for twice as long as the last one took, at most 5 ms, so that more goes into one write.
 */
final class Outlet {
  private static final Logger LOGGER = LoggerFactory.getLogger(Outlet.class);

  private static final int MAX_QUEUED = 100_000;
  private static final int MAX_ROUND = 4_096;
  private static final int MAX_MERGED = 128 * 1024;

  final EventLoop loop;
  private final Delivery delivery;
  private final BooleanSupplier fresh;
  private final long maxPending;
  private final ConcurrentLinkedQueue<Object> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final Rounds rounds;

  /** Of each lane, the first number that was dropped since the last round. */
  private final Map<Integer, Long> dropped = new ConcurrentHashMap<>();

  private final Audiences audiences = new Audiences();
  private final Set<LiveSession> behind = new LinkedHashSet<>();

  /** Sessions that watch messages; written on the loop, looked at by any thread. */
  final Set<LiveSession> watchers = ConcurrentHashMap.newKeySet();

  private final Set<Outbox> held = new LinkedHashSet<>();
  private List<Outbox> dirty = new ArrayList<>();

  /** Entries of one conversation for the same sessions. */
  private record Batch(List<LiveSession> sessions, List<News> news) {}

  /** Who reads which conversation how. */
  final Readers readers = new Readers();

  Outlet(EventLoop loop, Delivery delivery, BooleanSupplier fresh, long maxPending) {
    this.loop = loop;
    this.delivery = delivery;
    this.fresh = fresh;
    this.maxPending = maxPending;
    this.rounds = new Rounds(loop, this::round, () -> !queue.isEmpty() || !dirty.isEmpty());
  }

  boolean isFresh() {
    return fresh.getAsBoolean();
  }

  // ---- handing over, on any thread

  void offer(News news) {
    if (queued.get() >= MAX_QUEUED) {
      // The loop does not come round. What is dropped is read by number later.
      dropped.merge(news.entry.lane(), news.entry.n(), Math::min);
    } else {
      put(news);
    }
    rounds.want();
  }

  void run(Runnable task) {
    put(task);
    rounds.want();
  }

  void each(AccountId account, Consumer<LiveSession> what) {
    run(() -> audiences.each(account, what));
  }

  /** Does something with the sessions that watch messages, if there are any. */
  void watching(Consumer<LiveSession> what) {
    if (!watchers.isEmpty()) {
      run(() -> List.copyOf(watchers).forEach(what));
    }
  }

  /** Something ephemeral to the present members but one; lost while this node is not fresh. */
  void toMembers(ConversationState state, @Nullable AccountId but, ServerFrame frame) {
    run(
        () -> {
          if (isFresh()) {
            byte[] bytes = Encoded.text(frame.toJson());
            for (LiveSession session : audiences.present(state)) {
              if (session.phase == LiveSession.Phase.LIVE
                  && !session.caller.account().equals(but)) {
                session.outbox.write(bytes);
              }
            }
          }
        });
  }

  /**
   * Something ephemeral to those who read a conversation in a certain way and may see an entry;
   * lost while this node is not fresh.
   *
   * @param seq what they must be allowed to see; 0 for nothing but being members
   */
  void toReaders(
      ConversationState state, long seq, Predicate<LiveSession.Reading> how, ServerFrame frame) {
    run(
        () -> {
          byte[] bytes = null;
          for (LiveSession session :
              isFresh() ? readers.of(state.id(), how) : List.<LiveSession>of()) {
            Member member = state.member(session.caller.account());
            if (session.phase == LiveSession.Phase.LIVE
                && member != null
                && member.current()
                && (seq == 0 || member.sees(seq))) {
              bytes = bytes == null ? Encoded.text(frame.toJson()) : bytes;
              session.outbox.write(bytes);
            }
          }
        });
  }

  private void put(Object item) {
    queued.incrementAndGet();
    queue.add(item);
  }

  // ---- on the loop

  void add(LiveSession session) {
    audiences.add(session);
  }

  void remove(LiveSession session) {
    behind.remove(session);
    watchers.remove(session);
    readers.remove(session);
    held.remove(session.outbox);
    audiences.remove(session);
  }

  void dirty(Outbox outbox) {
    if (!outbox.dirty) {
      outbox.dirty = true;
      dirty.add(outbox);
      rounds.want();
    }
  }

  void held(Outbox outbox) {
    held.add(outbox);
  }

  /** All read from before a number. */
  void missed(int lane, long n) {
    audiences.all(
        session -> {
          session.fallBehind();
          session.lacks(lane, n);
        });
  }

  void behind(LiveSession session) {
    behind.add(session);
  }

  private void round() {
    try {
      deliver();
    } catch (RuntimeException e) {
      LOGGER.error("entries could not be written; they will be read by number", e);
      audiences.all(LiveSession::fallBehind);
    } finally {
      flush();
    }
  }

  private void deliver() {
    for (Integer lane : List.copyOf(dropped.keySet())) {
      Long n = dropped.remove(lane);
      if (n != null) {
        missed(lane, n);
      }
    }
    boolean fresh = isFresh();
    Map<ConversationId, Batch> batches = new LinkedHashMap<>();
    Map<ConversationId, ConversationState> tails = null;
    Object item = null;
    for (int i = 0; i < MAX_ROUND && (item = queue.poll()) != null; i++) {
      queued.decrementAndGet();
      if (item instanceof News news) {
        if (news.isLate()) {
          tails = tails == null ? tails(news) : tails;
          late(news, tails, batches, fresh);
        } else {
          gather(news, batches, fresh);
        }
      } else {
        safely((Runnable) item);
      }
    }
    batches.values().forEach(batch -> write(batch, fresh));
  }

  /** The newest members of conversations, as far as they change in what still waits. */
  private Map<ConversationId, ConversationState> tails(News first) {
    Map<ConversationId, ConversationState> tails = new HashMap<>();
    Stream.concat(Stream.of(first), queue.stream())
        .filter(item -> item instanceof News news && news.entry.kind().equals(Kinds.MEMBERS))
        .forEach(item -> tails.put(((News) item).entry.conversation(), ((News) item).state));
    return tails;
  }

  /**
   * An entry that was applied a while ago: while this node was not fresh, or before this loop came
   * round. Whoever was removed since may have been so for longer than anything may still be written
   * to them; they read what is left to them from the store, judged anew.
   */
  private void late(
      News news,
      Map<ConversationId, ConversationState> tails,
      Map<ConversationId, Batch> batches,
      boolean fresh) {
    ConversationId id = news.entry.conversation();
    Batch before = batches.remove(id);
    if (before != null) {
      write(before, fresh);
    }
    List<LiveSession> present = new ArrayList<>();
    for (LiveSession session : audiences.of(news)) {
      ConversationState tail = tails.getOrDefault(id, news.state);
      Member member = tail.member(session.caller.account());
      if (news.fresh && member != null && member.current()) {
        present.add(session);
      } else {
        session.passOver(news.entry);
      }
    }
    if (Targets.of(news.entry) > 0) {
      split(news, present, fresh);
    } else {
      write(new Batch(present, List.of(news)), fresh);
    }
  }

  private static void safely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOGGER.error("something handed to the sockets failed", e);
    }
  }

  private void gather(News news, Map<ConversationId, Batch> batches, boolean fresh) {
    ConversationId id = news.entry.conversation();
    List<LiveSession> sessions = audiences.of(news);
    if (sessions.isEmpty()) {
      return;
    }
    boolean withheld = Targets.of(news.entry) > 0;
    Batch batch = batches.get(id);
    if (batch != null && (withheld || batch.sessions() != sessions)) {
      write(batch, fresh);
      batches.remove(id);
      batch = null;
    }
    if (withheld) {
      split(news, sessions, fresh);
    } else if (batch == null) {
      List<News> first = new ArrayList<>();
      first.add(news);
      batches.put(id, new Batch(sessions, first));
    } else {
      batch.news().add(news);
    }
  }

  /** An entry about another one: whole for those who may see both. */
  private void split(News news, List<LiveSession> sessions, boolean fresh) {
    List<LiveSession> whole = new ArrayList<>();
    for (LiveSession session : sessions) {
      Member member = news.state.member(session.caller.account());
      if (member != null && Targets.shown(news.entry, member)) {
        whole.add(session);
      } else {
        session.takeWithheld(news, fresh);
      }
    }
    write(new Batch(whole, List.of(news)), fresh);
  }

  private void write(Batch batch, boolean fresh) {
    int from = 0;
    while (from < batch.news().size()) {
      int bytes = 0;
      int to = from;
      do {
        bytes += batch.news().get(to++).bytes().length;
      } while (to < batch.news().size() && bytes < MAX_MERGED);
      List<News> part = batch.news().subList(from, to);
      ByteBuf shared = PooledByteBufAllocator.DEFAULT.directBuffer(bytes);
      try {
        part.forEach(one -> shared.writeBytes(one.bytes()));
        for (LiveSession session : batch.sessions()) {
          session.take(part, shared, fresh);
        }
      } finally {
        shared.release();
      }
      from = to;
    }
  }

  private void flush() {
    List<Outbox> round = dirty;
    dirty = new ArrayList<>();
    for (Outbox outbox : round) {
      outbox.dirty = false;
      outbox.flush();
      if (outbox.pending() > maxPending && !outbox.isEnded()) {
        outbox.end(
            new ServerFrame.Bye(
                ServerFrame.Bye.Reason.SLOW, "You read too slowly: connect again."));
      }
    }
  }

  /** Once a second: cursors, positions, and reading on where something was missed. */
  void tick() {
    Cursor reached = delivery.handed();
    while (!queue.isEmpty()) {
      deliver();
    }
    recover();
    if (!isFresh()) {
      flush();
      return;
    }
    byte[] cursor = Encoded.text(new ServerFrame.Cursor(reached.encode()).toJson());
    audiences.all(session -> tick(session, reached, cursor));
    flush();
  }

  private void tick(LiveSession session, Cursor reached, byte[] cursor) {
    if (session.phase != LiveSession.Phase.LIVE || session.outbox.isEnded()) {
      return;
    }
    session.tellMoved();
    session.handedOver(reached);
    if (session.told) {
      session.told = false;
      session.standsAt(reached);
      session.outbox.write(cursor);
    }
    delivery.receipts().tick(session);
  }

  /** Where this node is fresh again: sends what waited, and reads what was missed. */
  void recover() {
    if (isFresh() && !(held.isEmpty() && behind.isEmpty())) {
      List<Outbox> waiting = List.copyOf(held);
      held.clear();
      waiting.forEach(Outbox::release);
      List<LiveSession> missed = List.copyOf(behind);
      behind.clear();
      missed.forEach(delivery::resume);
    }
  }
}
