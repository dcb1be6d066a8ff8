package chat.plenary.messaging.sim;

import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Applied;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** What must hold, by the names of the specification. */
final class Checker {
  private static final Duration DEADLINE = Duration.ofMillis(3_200);
  private static final Duration REMOVED = Duration.ofSeconds(5);

  private final World world;
  private final boolean judging;
  private final Map<ConversationId, List<GroupModel>> models = new HashMap<>();
  private final Map<String, History.Committed> byKey = new HashMap<>();
  private final Map<String, Long> appliedBy = new HashMap<>();
  private final Map<Integer, Long> taken = new HashMap<>();
  private final Map<Reader, Map<Integer, Long>> cursors = new HashMap<>();
  private long committed = -1;
  private @Nullable String found;

  /**
   * A checker.
   *
   * @param judging false where something else judges: then nothing is found
   */
  Checker(World world, boolean judging) {
    this.world = world;
    this.judging = judging;
  }

  @Nullable String found() {
    return found;
  }

  void violated(String invariant, String how) {
    if (found == null && judging) {
      found = invariant + " is violated: " + how;
      world.history().say(found);
    }
  }

  private static String key(ConversationId conversation, AccountId sender, String ref) {
    return conversation + " " + sender + " " + ref;
  }

  private List<GroupModel> models(ConversationId conversation) {
    return models.computeIfAbsent(
        conversation, c -> new ArrayList<>(List.of(GroupModel.none(world.owner()))));
  }

  // ---- the log

  /** After each step: what a majority has newly. */
  void look() {
    if (world.database().committed() == committed) {
      return;
    }
    committed = world.database().committed();
    for (int lane : world.usedLanes()) {
      long next = world.history().lane(lane).size() + 1L;
      for (var d = at(lane, next); d != null; d = at(lane, ++next)) {
        committed(lane, next, d);
      }
    }
  }

  private @Nullable BsonDocument at(int lane, long n) {
    return world.database().committed("entries", String.format("%02d/%016x", lane, n));
  }

  private void committed(int lane, long n, BsonDocument d) {
    ConversationId conversation = new ConversationId(d.getString("c").getValue());
    History.Committed entry =
        new History.Committed(
            lane,
            n,
            conversation,
            d.getNumber("seq").longValue(),
            d.getNumber("m").longValue(),
            new AccountId(d.getString("s").getValue()),
            d.getString("r").getValue(),
            d.getString("e").getValue(),
            d.get("body") instanceof BsonDocument body ? body : null,
            world.scheduler().elapsed());
    List<History.Committed> before = world.history().of(conversation);
    if (entry.seq() != before.size() + 1 || d.getNumber("n").longValue() != n) {
      violated("DenseConversations", entry + " comes after " + before.size() + " entries");
    }
    long m = before.isEmpty() ? 0 : before.get(before.size() - 1).m();
    if (entry.m() != m + (entry.kind().equals(Kinds.POSTED) ? 1 : 0)) {
      violated("DenseConversations", entry + " counts m wrongly after " + m);
    }
    var twin = byKey.putIfAbsent(key(conversation, entry.sender(), entry.ref()), entry);
    if (twin != null) {
      violated("NoDup", entry + " and " + twin);
    }
    List<GroupModel> states = models(conversation);
    GroupModel state = states.get(states.size() - 1);
    if (entry.body() == null || !state.accepts(entry.sender(), entry.kind(), entry.body())) {
      violated("JudgedAtTail", entry + " is not acceptable after " + state.seq());
    }
    world.history().committed(entry);
    states.add(state.after(entry));
  }

  // ---- answers

  void answered(History.Attempt attempt, boolean paused) {
    if (!judging) {
      return;
    }
    Outcome outcome = attempt.outcome;
    if (!paused && attempt.answered.minus(attempt.arrived).compareTo(DEADLINE) > 0) {
      violated("Deadline", attempt.words() + " was answered later than 3 s after it came");
    }
    var command = attempt.command;
    var entry = byKey.get(key(command.conversation(), command.sender(), command.ref().value()));
    if (outcome instanceof Outcome.Accepted accepted) {
      if (entry == null
          || entry.n() != accepted.n()
          || entry.seq() != accepted.seq()
          || entry.m() != accepted.m()
          || entry.lane() != accepted.lane()) {
        violated("AckedStored", attempt.words() + " got " + accepted + ", the log has " + entry);
      } else if (!command.body().equals(entry.body()) && !recalled(entry)) {
        violated("ConflictIsTrue", attempt.words() + " says something else than " + entry);
      }
    } else if (outcome instanceof Outcome.Refused refused) {
      if (refused.why().code() == Fault.Code.CONFLICT && "ref".equals(refused.why().field())) {
        if (entry == null || command.body().equals(entry.body())) {
          violated("ConflictIsTrue", attempt.words() + ": the log has " + entry);
        }
      } else {
        refused(attempt, entry);
      }
    }
  }

  private boolean recalled(History.Committed entry) {
    List<GroupModel> states = models(entry.conversation());
    GroupModel now = states.get(states.size() - 1);
    if (entry.kind().equals(Kinds.EDITED) && entry.body() != null) {
      var target = now.messages().get(entry.body().getNumber("target").longValue());
      return target != null && target.recalled();
    }
    var message = now.messages().get(entry.seq());
    return message != null && message.recalled();
  }

  private void refused(History.Attempt attempt, History.@Nullable Committed entry) {
    var command = attempt.command;
    if (entry != null && entry.seq() <= attempt.known) {
      violated("FirstResultStands", attempt.words() + " was refused; the log had " + entry);
    }
    List<GroupModel> states = models(command.conversation());
    boolean reason = !world.restsOnTheLog(command.kind());
    for (int i = attempt.known; i <= attempt.knownThen; i++) {
      reason |= !states.get(i).accepts(command.sender(), command.kind(), command.body());
    }
    if (!reason) {
      violated("RefusedWithReason", attempt.words() + " was refused without a reason");
    }
  }

  // ---- nodes and readers

  void applied(String node, int lane, List<Applied> applied) {
    if (!judging) {
      return;
    }
    for (Applied one : applied) {
      Entry entry = one.entry();
      var log = world.history().lane(entry.lane());
      if (!same(entry)) {
        violated("NoPhantom", node + " applied " + entry + ", which is not in the log");
      }
      Long before = appliedBy.put(node + " " + lane, entry.n());
      if (before != null && before + 1 != entry.n()) {
        violated("SameOrder", node + " applied " + entry.n() + " after " + before);
      }
      if (entry.n() > log.size()) {
        violated("NoPhantom", node + " applied what is not committed: " + entry);
      }
    }
  }

  private boolean same(Entry entry) {
    List<History.Committed> lane = world.history().lane(entry.lane());
    if (entry.n() < 1 || entry.n() > lane.size()) {
      return false;
    }
    History.Committed known = lane.get((int) entry.n() - 1);
    return known.conversation().equals(entry.conversation())
        && known.seq() == entry.seq()
        && known.m() == entry.m()
        && known.ref().equals(entry.ref())
        && known.sender().equals(entry.sender())
        && known.kind().equals(entry.kind())
        && (entry.body() == null ? recalled(known) : entry.body().equals(known.body()));
  }

  void taken(String node, int lane, List<Entry> entries) {
    if (!judging) {
      return;
    }
    long most = taken.getOrDefault(lane, 0L);
    long n = entries.get(0).n();
    if (n > most + 1) {
      violated("DurableOrder", node + "'s listener got " + lane + "/" + n + " after " + most);
    }
    for (Entry entry : entries) {
      if (entry.n() != n++ || !same(entry)) {
        violated("DurableOrder", node + "'s listener got " + entry);
      }
    }
    taken.merge(lane, n - 1, Math::max);
  }

  void reached(Reader reader, String node, int lane, long tail) {
    if (tail < reader.cursor(lane)) {
      violated("CursorNeverLowered", node + " let " + reader.name() + " in though it is behind");
    }
  }

  void shown(Reader reader, String node, Entry entry, boolean shown, long judged) {
    if (!judging) {
      return;
    }
    long before =
        cursors.computeIfAbsent(reader, r -> new HashMap<>()).getOrDefault(entry.lane(), 0L);
    cursors.get(reader).put(entry.lane(), entry.n());
    String words = node + " showed " + reader.name() + " " + entry;
    if (entry.n() != before + 1) {
      violated("ReadersPrefix", words + " after " + before);
    }
    if (!same(entry)) {
      violated("NoPhantom", words);
      return;
    }
    List<GroupModel> states = models(entry.conversation());
    boolean member =
        states.get((int) entry.seq() - 1).members().contains(reader.account())
            || states.get((int) entry.seq()).members().contains(reader.account());
    if (shown && !member) {
      violated("NothingAfterRemoval", words);
    }
    if (!shown && member && states.get((int) judged).members().contains(reader.account())) {
      violated("ReadersPrefix", words + " not, to a member as of " + judged);
    }
    if (shown && !wasMember(entry, reader.account())) {
      violated("RemovedInTime", words + " later than 5 s after the removal");
    }
  }

  /** Whether somebody was a member at some time of the last 5 s, or this is the very removal. */
  private boolean wasMember(Entry entry, AccountId account) {
    List<History.Committed> log = world.history().of(entry.conversation());
    List<GroupModel> states = models(entry.conversation());
    Duration since = world.scheduler().elapsed().minus(REMOVED);
    for (int i = log.size(); i >= 1; i--) {
      if (states.get(i).members().contains(account)) {
        return true;
      }
      if (log.get(i - 1).at().compareTo(since) < 0) {
        return entry.kind().equals(Kinds.MEMBERS)
            && !states.get((int) entry.seq()).members().contains(account);
      }
    }
    return true;
  }

  // ---- the end

  /** What was sent after all had settled must be settled at the first attempt. */
  void probes(int before) {
    List<History.Attempt> attempts = world.history().attempts();
    for (History.Attempt attempt : attempts.subList(before, attempts.size())) {
      if (attempt.outcome == null || attempt.outcome instanceof Outcome.Unknown) {
        violated("Settles", attempt.words() + " got no answer long after the last fault");
      }
    }
  }

  void end() {
    if (found != null || !judging) {
      return;
    }
    for (int lane : world.usedLanes()) {
      int size = world.history().lane(lane).size();
      long stored =
          world.database().committed("entries").stream()
              .filter(d -> d.getNumber("l").intValue() == lane)
              .count();
      if (stored != size) {
        violated("DenseLane", "lane " + lane + " has " + stored + " entries, dense are " + size);
      }
      if (taken.getOrDefault(lane, 0L) != size) {
        violated("Settles", "the durable listener stays at " + lane + "/" + taken.get(lane));
      }
      for (SimulatedNode node : world.nodes()) {
        if (node.up() && node.lanes().cursor().number(lane) != size) {
          violated("Settles", node.name() + " stays behind in lane " + lane);
        }
      }
      for (Reader reader : world.readers()) {
        if (reader.connected() && reader.cursor(lane) != size) {
          violated("Settles", reader.name() + " stays at " + lane + "/" + reader.cursor(lane));
        }
      }
    }
    attempts();
    world.groups().forEach(this::sessionOrder);
    world.groups().forEach(this::recalls);
  }

  private void attempts() {
    Map<String, List<History.Attempt>> byRef = new HashMap<>();
    for (History.Attempt attempt : world.history().attempts()) {
      var command = attempt.command;
      byRef
          .computeIfAbsent(
              key(command.conversation(), command.sender(), command.ref().value()),
              k -> new ArrayList<>())
          .add(attempt);
    }
    byRef.forEach(
        (key, all) -> {
          boolean open =
              all.stream()
                  .anyMatch(a -> a.outcome == null || !(a.outcome instanceof Outcome.Refused));
          if (!open && byKey.containsKey(key)) {
            violated(
                "RefusedMeansNever",
                all.get(0).words() + " was refused and is in the log: " + byKey.get(key));
          }
        });
  }

  /** A sender's posts none of which was refused stand in the order in which they were sent. */
  private void sessionOrder(ConversationId group) {
    Set<String> refused = new HashSet<>();
    Map<String, Integer> first = new HashMap<>();
    for (History.Attempt attempt : world.history().attempts()) {
      String key = key(group, attempt.command.sender(), attempt.command.ref().value());
      if (attempt.command.conversation().equals(group)) {
        first.putIfAbsent(key, attempt.number);
        if (attempt.outcome instanceof Outcome.Refused) {
          refused.add(key);
        }
      }
    }
    Map<AccountId, History.Committed> last = new HashMap<>();
    for (History.Committed entry : world.history().of(group)) {
      String key = key(group, entry.sender(), entry.ref());
      if (!entry.kind().equals(Kinds.POSTED) || refused.contains(key)) {
        continue;
      }
      History.Committed before = last.put(entry.sender(), entry);
      if (before != null && place(before) > place(entry)) {
        violated("SessionOrder", entry + " stands after " + before);
      }
    }
  }

  private static int place(History.Committed post) {
    return Integer.parseInt(post.ref().substring(1).replace("-probe", ""));
  }

  /** Of what was recalled no copy is left, neither in the log nor in the marks. */
  private void recalls(ConversationId group) {
    List<GroupModel> states = models(group);
    GroupModel last = states.get(states.size() - 1);
    Set<String> texts = new HashSet<>();
    for (History.Committed entry : world.history().of(group)) {
      if (entry.body() != null && recalled(entry)) {
        BsonDocument said =
            entry.kind().equals(Kinds.EDITED) ? entry.body().getDocument("body") : entry.body();
        texts.add(said.getString("text").getValue());
      }
    }
    for (String collection : List.of("entries", "marks")) {
      for (BsonDocument row : world.database().committed(collection)) {
        BsonDocument body = row.get("body") instanceof BsonDocument b ? b : new BsonDocument();
        BsonDocument said = body.get("body") instanceof BsonDocument inner ? inner : body;
        if (said.get("text") != null && texts.contains(said.getString("text").getValue())) {
          violated("RecallLeavesNothing", "after " + last.seq() + " " + collection + " has " + row);
        }
      }
    }
  }
}
