package chat.plenary.messaging.sim;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Command;
import chat.plenary.messaging.log.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** What happened in a simulated world: in words for people, and as records for the checker. */
final class History {
  private static final int LINES = 60_000;

  /** An entry as it was when a majority had it. */
  record Committed(
      int lane,
      long n,
      ConversationId conversation,
      long seq,
      long m,
      AccountId sender,
      String ref,
      String kind,
      @Nullable BsonDocument body,
      Duration at) {}

  /** One sending of a command, as the node that it came to saw it. */
  static final class Attempt {
    final int number;
    final Command command;
    final String node;

    /** Entries of its conversation that a majority had when it arrived. */
    final int known;

    final Duration arrived;
    @Nullable Outcome outcome;
    int knownThen;
    Duration answered = Duration.ZERO;

    Attempt(int number, Command command, String node, int known, Duration arrived) {
      this.number = number;
      this.command = command;
      this.node = node;
      this.known = known;
      this.arrived = arrived;
    }

    String words() {
      return "attempt "
          + number
          + " ("
          + World.name(command.sender())
          + " "
          + command.kind()
          + " "
          + command.ref()
          + " "
          + command.body().toJson()
          + " at "
          + node
          + ")";
    }
  }

  private final Scheduler scheduler;
  private final Observer observer;
  private final List<String> words = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final Map<Integer, List<Committed>> lanes = new HashMap<>();
  private final Map<ConversationId, List<Committed>> conversations = new HashMap<>();

  History(Scheduler scheduler, Observer observer) {
    this.scheduler = scheduler;
    this.observer = observer;
  }

  /** Adds a line of words. */
  void say(String line) {
    if (words.size() < LINES) {
      words.add(String.format("%9.3f ms  %s", scheduler.elapsed().toNanos() / 1e6, line));
    }
  }

  List<String> words() {
    return words;
  }

  /** A fault begins or ends, at a node or (empty) at none in particular. */
  void fault(boolean begins, String node, String what) {
    say((node + " " + what).strip());
    observer.fault(scheduler.elapsed(), begins, node, what);
  }

  Attempt arrive(Command command, String node) {
    Attempt attempt =
        new Attempt(
            attempts.size() + 1,
            command,
            node,
            of(command.conversation()).size(),
            scheduler.elapsed());
    attempts.add(attempt);
    say(node + " Arrive " + attempt.words() + " on path " + command.path());
    observer.asked(attempt.arrived, attempt.number - 1, command, node);
    return attempt;
  }

  void answered(Attempt attempt, Outcome outcome) {
    attempt.outcome = outcome;
    attempt.answered = scheduler.elapsed();
    attempt.knownThen = of(attempt.command.conversation()).size();
    String action = "Expire";
    if (outcome instanceof Outcome.Accepted accepted) {
      action = "Recognise " + accepted.lane() + "/" + accepted.n() + " seq " + accepted.seq();
    } else if (outcome instanceof Outcome.Refused refused) {
      action = "Refuse as " + refused.why().code() + " " + refused.why().field();
    }
    say(attempt.node + " " + action + ": " + attempt.words());
    observer.answered(attempt.answered, attempt.number - 1, outcome);
  }

  void committed(Committed entry) {
    lane(entry.lane()).add(entry);
    of(entry.conversation()).add(entry);
    say(
        "Commit "
            + entry.lane()
            + "/"
            + entry.n()
            + " seq "
            + entry.seq()
            + " "
            + World.name(entry.sender())
            + " "
            + entry.kind()
            + " "
            + entry.ref());
  }

  List<Attempt> attempts() {
    return attempts;
  }

  List<Committed> lane(int lane) {
    return lanes.computeIfAbsent(lane, l -> new ArrayList<>());
  }

  List<Committed> of(ConversationId conversation) {
    return conversations.computeIfAbsent(conversation, c -> new ArrayList<>());
  }
}
