package chat.plenary.lab.checker;

import chat.plenary.lab.history.Event;
import chat.plenary.lab.history.HistoryReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Judges a history against the delivery contract. The file is read twice: first for what was asked
 * and for what the conversations were in the end, then for what each reader was shown on the way.
 */
public final class Checker {
  private Checker() {}

  /** Judges a file. */
  public static Verdict check(Path history) throws IOException {
    Verdict verdict = new Verdict();
    Model model = Model.load(history, verdict);
    new LogCheck(model, verdict).run();
    new OrderCheck(model, verdict).run();
    new RefCheck(model, verdict).run();
    EntryCheck entries = new EntryCheck(model, verdict);
    StreamCheck streams = new StreamCheck(model, verdict);
    InboxCheck inboxes = new InboxCheck(model, verdict);
    PageCheck pages = new PageCheck(model, verdict);
    RevokedCheck revoked = new RevokedCheck(model, verdict);
    HistoryReader.read(
        history,
        event -> {
          if (event instanceof Event.Shown shown) {
            String node = streams.node(shown.reader());
            revoked.shown(shown, node);
            pages.shown(shown);
            Log log = entries.check(shown, node);
            if (log != null) {
              streams.shown(shown, log);
            }
          } else if (event instanceof Event.Inbox inbox) {
            streams.inbox(inbox);
            inboxes.shown(inbox);
          } else if (event instanceof Event.Linked linked) {
            streams.linked(linked);
          }
        });
    inboxes.finish();
    figures(model, verdict);
    return verdict;
  }

  private static void figures(Model model, Verdict verdict) {
    Map<Event.Outcome, Long> outcomes = new EnumMap<>(Event.Outcome.class);
    for (int op = 0; op < model.ops.size(); op++) {
      outcomes.merge(model.ops.outcome(op), 1L, Long::sum);
    }
    verdict.figure("operations", model.ops.size());
    for (Event.Outcome outcome : Event.Outcome.values()) {
      verdict.figure(outcome.name().toLowerCase(Locale.ROOT), outcomes.getOrDefault(outcome, 0L));
    }
    verdict.figure("conversations", model.logs.size());
    verdict.figure("entries", model.logs.values().stream().mapToLong(Log::head).sum());
    verdict.figure("shown", model.shown);
    verdict.figure("readers", model.readers.size());
  }
}
