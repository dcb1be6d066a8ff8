package chat.plenary.messaging.sim;

import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.conversation.Member;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Applied;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.State;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.message.Targets;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A device that follows the lanes live at one node, is disconnected, and goes on at another from
 * its cursor.
 */
final class Reader {
  private static final Duration SOON = Duration.ofMillis(60);
  private static final int BATCH = 20;

  private final World world;
  private final String name;
  private final AccountId account;
  private final long[] cursor = new long[Log.LANES];
  private final Set<Integer> live = new HashSet<>();
  private @Nullable SimulatedNode at;
  private int visit;
  private boolean current;

  Reader(World world, String name, AccountId account) {
    this.world = world;
    this.name = name;
    this.account = account;
  }

  String name() {
    return name;
  }

  AccountId account() {
    return account;
  }

  long cursor(int lane) {
    return cursor[lane];
  }

  boolean connected() {
    SimulatedNode node = at;
    return node != null && node.up();
  }

  /** Whether it has all that its node has. */
  boolean settled() {
    SimulatedNode node = at;
    return node != null
        && node.up()
        && world.usedLanes().stream()
            .allMatch(lane -> cursor[lane] == node.lanes().cursor().number(lane));
  }

  /** The node that it is or was connected to; empty for none. */
  String node() {
    SimulatedNode node = at;
    return node == null ? "" : node.name();
  }

  void disconnect() {
    SimulatedNode node = at;
    if (node != null) {
      node.detach(this);
      world.observer().closed(world.scheduler().elapsed(), name, account, node.name());
    }
    at = null;
    visit++;
    live.clear();
    current = false;
  }

  void connect(SimulatedNode node) {
    disconnect();
    at = node;
    int mine = visit;
    world.history().say(name + " connects to " + node.name());
    world.observer().opened(world.scheduler().elapsed(), name, account, node.name());
    node.lanes()
        .reach(Cursor.of(1, cursor))
        .onComplete(
            done -> {
              if (mine != visit || !node.up()) {
                return;
              }
              if (done.failed()) {
                world.history().say(name + " hears that " + node.name() + " is behind");
                disconnect();
                return;
              }
              Cursor there = node.lanes().cursor();
              for (int lane : world.usedLanes()) {
                world.checker().reached(this, node.name(), lane, there.number(lane));
              }
              node.attach(this);
              world.usedLanes().forEach(lane -> sync(node, mine, lane));
            });
  }

  private void later(SimulatedNode node, int mine, int lane) {
    node.process.schedule(SOON, name + " syncs", () -> sync(node, mine, lane));
  }

  private void sync(SimulatedNode node, int mine, int lane) {
    if (mine != visit || live.contains(lane)) {
      return;
    }
    Log log = node.lanes();
    if (cursor[lane] >= log.cursor().number(lane)) {
      live.add(lane);
      if (!current && live.containsAll(world.usedLanes())) {
        current = true;
        world.observer().current(world.scheduler().elapsed(), name, account, node.name());
      }
      return;
    }
    Map<ConversationId, State> states = new HashMap<>();
    long from = cursor[lane];
    log.readLane(lane, from, BATCH)
        .compose(
            entries -> {
              Future<Void> all = Future.succeededFuture();
              for (Entry entry : entries) {
                if (states.put(entry.conversation(), NOTHING) == null) {
                  all =
                      all.compose(
                          v ->
                              log.state(entry.conversation())
                                  .map(state -> done(states, entry.conversation(), state)));
                }
              }
              return all.map(entries);
            })
        .onComplete(
            done -> {
              if (mine != visit || cursor[lane] != from) {
                return;
              }
              if (done.failed() || done.result().isEmpty() || !log.isFresh()) {
                later(node, mine, lane);
                return;
              }
              for (Entry entry : done.result()) {
                show(node, entry, states.get(entry.conversation()), Observer.How.CAUGHT_UP);
              }
              sync(node, mine, lane);
            });
  }

  private static final State NOTHING = new Nothing();

  private record Nothing() implements State {
    @Override
    public long seq() {
      return 0;
    }

    @Override
    public long n() {
      return 0;
    }

    @Override
    public long m() {
      return 0;
    }
  }

  private static Void done(Map<ConversationId, State> states, ConversationId id, State state) {
    states.put(id, state);
    return null;
  }

  /** The node has applied entries. */
  void applied(int lane, List<Applied> applied) {
    SimulatedNode node = at;
    if (node == null || !live.contains(lane)) {
      return;
    }
    for (Applied one : applied) {
      Entry entry = one.entry();
      if (entry.n() <= cursor[lane]) {
        continue;
      }
      if (entry.n() != cursor[lane] + 1 || one.after() == null || !node.lanes().isFresh()) {
        live.remove(lane);
        later(node, visit, lane);
        return;
      }
      show(node, entry, one.after(), Observer.How.LIVE);
    }
  }

  private void show(SimulatedNode node, Entry entry, @Nullable State state, Observer.How how) {
    Member member =
        state instanceof ConversationState conversation ? conversation.member(account) : null;
    boolean shown =
        member != null
            && member.sees(entry.seq())
            && (member.current() || member.seq() == entry.seq());
    cursor[entry.lane()] = entry.n();
    world.checker().shown(this, node.name(), entry, shown, state == null ? 0 : state.seq());
    if (shown) {
      EntryView view = Targets.shown(entry, member) ? EntryView.of(entry) : Targets.withheld(entry);
      world.observer().shown(world.scheduler().elapsed(), name, account, how, view);
    }
  }
}
