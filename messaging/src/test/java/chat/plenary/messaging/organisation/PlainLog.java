package chat.plenary.messaging.organisation;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Applied;
import chat.plenary.messaging.log.Command;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.log.DurableListener;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.LiveListener;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Machine;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.log.State;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log of one lane in memory, for tests of what is kept in it: it neither races nor fails. */
public final class PlainLog implements Log {
  private final Machine machine;
  private final Clock clock;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Entry> byRef = new HashMap<>();
  private final Map<ConversationId, State> states = new HashMap<>();
  private final List<LiveListener> live = new ArrayList<>();
  private final List<DurableListener> durable = new ArrayList<>();
  private boolean projecting = true;
  private Future<?> last = Future.succeededFuture();

  public PlainLog(Machine machine, Clock clock) {
    this.machine = machine;
    this.clock = clock;
  }

  /** Whether durable listeners hear at once; what they missed they do not hear later. */
  public void projecting(boolean projects) {
    this.projecting = projects;
  }

  /** Forgets the states in memory, as a node does that starts. */
  public synchronized void forget() {
    states.clear();
  }

  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public synchronized Future<Outcome> append(Command command) {
    Future<Outcome> next =
        last.transform(before -> state(command.conversation()))
            .compose(state -> appendTo(state, command));
    last = next;
    return next;
  }

  private synchronized Future<Outcome> appendTo(State state, Command command) {
    String key = command.conversation() + "/" + command.sender() + "/" + command.ref();
    Entry known = byRef.get(key);
    if (known != null) {
      return Future.succeededFuture(
          command.body().equals(known.body())
              ? accepted(known)
              : new Outcome.Refused(Fault.of(Fault.Code.CONFLICT, "ref", "used before")));
    }
    Fault fault = machine.judge(state, command);
    if (fault != null) {
      return Future.succeededFuture(new Outcome.Refused(fault));
    }
    Entry entry =
        new Entry(
            command.conversation(),
            0,
            entries.size() + 1,
            state.seq() + 1,
            0,
            command.sender(),
            command.ref().value(),
            clock.instant(),
            command.kind(),
            command.version(),
            command.body());
    entries.add(entry);
    byRef.put(key, entry);
    State after = machine.apply(state, entry);
    states.put(command.conversation(), after);
    live.forEach(one -> one.applied(0, List.of(new Applied(entry, state, after))));
    Future<Void> heard = Future.succeededFuture();
    for (DurableListener listener : projecting ? durable : List.<DurableListener>of()) {
      heard = heard.compose(before -> listener.take(0, List.of(entry)));
    }
    return heard.map(accepted(entry));
  }

  private static Outcome accepted(Entry entry) {
    return new Outcome.Accepted(entry.lane(), entry.n(), entry.seq(), entry.m(), entry.at());
  }

  @Override
  public synchronized Future<State> state(ConversationId conversation) {
    State known = states.get(conversation);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    return machine.load(conversation).map(loaded -> fold(conversation, loaded));
  }

  private synchronized State fold(ConversationId conversation, State loaded) {
    State state = loaded;
    for (Entry entry : entries) {
      if (entry.conversation().equals(conversation) && entry.seq() > state.seq()) {
        state = machine.apply(state, entry);
      }
    }
    states.put(conversation, state);
    return state;
  }

  @Override
  public Future<List<Entry>> read(ConversationId conversation, long from, long to, int limit) {
    return Future.succeededFuture(
        entries().stream()
            .filter(entry -> entry.conversation().equals(conversation))
            .filter(entry -> entry.seq() >= from && entry.seq() <= to)
            .limit(limit)
            .toList());
  }

  @Override
  public Future<List<Entry>> readLane(int lane, long after, int limit) {
    return Future.succeededFuture(
        entries().stream().filter(entry -> entry.n() > after).limit(limit).toList());
  }

  @Override
  public int lane(ConversationId conversation) {
    return 0;
  }

  @Override
  public synchronized Cursor cursor() {
    long[] numbers = new long[LANES];
    numbers[0] = entries.size();
    return Cursor.of(1, numbers);
  }

  @Override
  public Future<Void> reach(Cursor cursor) {
    return Future.succeededFuture();
  }

  @Override
  public boolean isFresh() {
    return true;
  }

  @Override
  public void listen(LiveListener listener) {
    live.add(listener);
  }

  @Override
  public void listen(DurableListener listener) {
    durable.add(listener);
  }
}
