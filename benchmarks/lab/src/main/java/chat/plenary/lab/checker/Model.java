package chat.plenary.lab.checker;

import chat.plenary.lab.history.Event;
import chat.plenary.lab.history.HistoryReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All of a history but what readers were shown, which is read a second time and never kept. Memory
 * grows with operations and entries, not with readers.
 */
final class Model {
  final Ops ops = new Ops();
  final Map<String, Log> logs = new LinkedHashMap<>();
  final Map<String, String> organisations = new HashMap<>();
  final Map<Integer, Event.Reader> readers = new HashMap<>();
  final List<Event.Fault> faults = new ArrayList<>();

  /** When accounts lost a connection that they had not closed. */
  final Map<String, List<Long>> lost = new HashMap<>();

  private final Map<String, Acks> acks = new HashMap<>();
  private final Verdict verdict;
  long shown;

  private Model(Verdict verdict) {
    this.verdict = verdict;
  }

  static Model load(Path file, Verdict verdict) throws IOException {
    Model model = new Model(verdict);
    HistoryReader.read(file, model::take);
    model.logs.values().forEach(log -> log.fold(model.ops));
    model.gatherAcks();
    return model;
  }

  private void take(Event event) {
    if (event instanceof Event.Invoked invoked) {
      ops.invoked(invoked);
    } else if (event instanceof Event.Returned returned) {
      ops.returned(returned);
    } else if (event instanceof Event.Shown entry) {
      shown++;
      if (entry.via() == Event.Via.FINAL) {
        finalEntry(entry);
      }
    } else if (event instanceof Event.Person person) {
      organisations.put(person.account(), person.organisation());
    } else if (event instanceof Event.Reader reader) {
      readers.put(reader.reader(), reader);
    } else if (event instanceof Event.Made made) {
      logs.computeIfAbsent(
          made.conversation(), id -> new Log(id, made.organisation(), made.history()));
    } else if (event instanceof Event.Fault fault) {
      faults.add(fault);
    } else if (event instanceof Event.Linked linked && lost(linked)) {
      lost.computeIfAbsent(account(linked.reader()), any -> new ArrayList<>()).add(linked.at());
    }
  }

  /** Whether a connection of an operation's account was lost before it was answered. */
  boolean lostMeanwhile(int op) {
    return lost.getOrDefault(ops.account(op), List.of()).stream()
        .anyMatch(at -> at > ops.invoked.get(op) && at < ops.returned(op));
  }

  /** Not those that their reader closed. */
  private static boolean lost(Event.Linked linked) {
    return linked.link() == Event.Link.LOST && !linked.why().equals("closed by this side");
  }

  private void finalEntry(Event.Shown entry) {
    Log log = logs.get(entry.conversation());
    if (log == null) {
      verdict.broken(
          Rule.NOT_IN_HISTORY,
          "A fresh reader was shown entry %d of %s, a conversation that nobody made."
              .formatted(entry.seq(), entry.conversation()));
      return;
    }
    log.take(entry);
  }

  /** When each conversation was known to have reached which number. */
  private static final class Acks {
    final List<long[]> points = new ArrayList<>();
  }

  private void gatherAcks() {
    for (int op = 0; op < ops.size(); op++) {
      if (ops.ok(op) && ops.seq.get(op) > 0 && ops.action(op) != Event.Action.POSITION) {
        acks.computeIfAbsent(ops.conversation(op), any -> new Acks())
            .points
            .add(new long[] {ops.returned(op), ops.seq.get(op), op});
      }
    }
    for (Acks one : acks.values()) {
      one.points.sort((a, b) -> Long.compare(a[0], b[0]));
      long[] best = {0, 0, -1};
      for (long[] point : one.points) {
        if (point[1] > best[1]) {
          best = point;
        }
        point[1] = best[1];
        point[2] = best[2];
      }
    }
  }

  /** The highest number that was acknowledged before a time, and by which operation; or null. */
  long @Nullable [] acknowledged(String conversation, long before) {
    Acks all = acks.get(conversation);
    if (all == null) {
      return null;
    }
    int low = 0;
    int high = all.points.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all.points.get(middle)[0] < before) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? null : new long[] {all.points.get(low - 1)[1], all.points.get(low - 1)[2]};
  }

  String account(int reader) {
    Event.Reader known = readers.get(reader);
    return known == null ? "" : known.account();
  }

  /** Whether a node was stopped within the two seconds before a time: one flush is then excused. */
  boolean wokenJustBefore(String node, long at) {
    long since = at - 2_000_000_000L;
    for (Event.Fault fault : faults) {
      if (fault.stop() && !fault.begins() && fault.node().equals(node)) {
        if (fault.at() <= at && fault.at() >= since) {
          return true;
        }
      }
    }
    return false;
  }
}
