package chat.plenary.messaging.log;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.store.Store;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What of the waiting commands is appended next, numbered from the tail on, and what is to be
 * refused.
 */
final class Run {
  private static final int MAX_BYTES = Store.MAX_BYTES / 2;

  /** A document of the run, the command that it is of, and its conversation before and after. */
  record Proposed(Entry entry, Waiting waiting, BsonDocument document) {}

  private final Machine machine;
  private final int lane;
  private final long tail;
  private final Instant now;
  private final List<Proposed> docs = new ArrayList<>();
  private final List<Waiting> refused = new ArrayList<>();
  private final Map<ConversationId, State> after = new HashMap<>();
  private final Set<ConversationId> closed = new HashSet<>();
  private final Set<String> keys = new HashSet<>();
  private final Set<String> busy = new HashSet<>();
  private final Set<String> refusing = new HashSet<>();
  private int bytes;

  private Run(Machine machine, int lane, long tail, Instant now) {
    this.machine = machine;
    this.lane = lane;
    this.tail = tail;
    this.now = now.truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Chooses from what waits.
   *
   * @param waiting in the order in which it is to be considered
   * @param ready the state at the tail by which a command is judged, or null where it is being read
   */
  static Run of(
      Machine machine,
      int lane,
      long tail,
      Instant now,
      List<Waiting> waiting,
      Function<Waiting, @Nullable State> ready) {
    Run run = new Run(machine, lane, tail, now);
    for (Waiting one : waiting) {
      if (run.docs.size() == Store.MAX_RUN || run.bytes > MAX_BYTES) {
        break;
      }
      if (!run.busy.contains(one.path)) {
        run.consider(one, ready.apply(one));
      } else if (run.refusing.contains(one.path)) {
        run.alsoRefuse(one, ready.apply(one));
      }
    }
    return run;
  }

  List<Proposed> docs() {
    return docs;
  }

  List<Waiting> refused() {
    return refused;
  }

  /**
   * A command enters only if it is acceptable at the tail itself and behind what the run has
   * already, and nothing follows an entry that closes its conversation (rule {@code ClosedRun}). If
   * it does not, nothing that its session sent after it does.
   */
  private void consider(Waiting one, @Nullable State base) {
    ConversationId conversation = one.command.conversation();
    if (base == null) {
      busy.add(one.path);
      return;
    }
    if (machine.judge(base, one.command) != null) {
      busy.add(one.path);
      refuse(one);
      return;
    }
    State state = after.getOrDefault(conversation, base);
    if (closed.contains(conversation)
        || keys.contains(one.key)
        || (after.containsKey(conversation) && machine.judge(state, one.command) != null)) {
      busy.add(one.path);
      return;
    }
    Entry entry = entry(one.command, state);
    docs.add(new Proposed(entry, one, EntryCodec.document(entry, one.attempt, one.key, one.hash)));
    bytes += one.size;
    keys.add(one.key);
    after.put(conversation, machine.apply(state, entry));
    if (machine.closes(one.command.kind())) {
      closed.add(conversation);
    }
  }

  /** What a session sent after something that is refused may be refused together with it. */
  private void alsoRefuse(Waiting one, @Nullable State base) {
    Fault fault = base == null ? null : machine.judge(base, one.command);
    if (fault == null) {
      refusing.remove(one.path);
    } else {
      refuse(one);
    }
  }

  /** Never what may have been appended at a number that is not taken yet (SettledRefusal). */
  private void refuse(Waiting one) {
    if (one.proposed <= tail && refused.size() < Store.MAX_RUN) {
      refused.add(one);
      refusing.add(one.path);
    } else {
      refusing.remove(one.path);
    }
  }

  private Entry entry(Command command, State state) {
    return new Entry(
        command.conversation(),
        lane,
        tail + docs.size() + 1,
        state.seq() + 1,
        state.m() + (command.countable() ? 1 : 0),
        command.sender(),
        command.ref().value(),
        now,
        command.kind(),
        command.version(),
        command.body());
  }
}
