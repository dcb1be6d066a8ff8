package chat.plenary.lab.checker;

import chat.plenary.lab.history.Event;
import java.util.HashMap;
import java.util.Map;

/**
 * Pages that were read while people chat: a page that has an edit or a recall as an entry of its
 * own has seen it, so the message that it is about, where it is on the same page, carries it.
 */
final class PageCheck {
  private final Model model;
  private final Verdict verdict;
  private final Map<Integer, Map<Long, Event.Shown>> pages = new HashMap<>();

  PageCheck(Model model, Verdict verdict) {
    this.model = model;
    this.verdict = verdict;
  }

  void shown(Event.Shown shown) {
    Event.Reader reader = model.readers.get(shown.reader());
    if (reader == null || !reader.device().equals(Event.Reader.PAGE)) {
      return;
    }
    Map<Long, Event.Shown> page = pages.computeIfAbsent(shown.reader(), one -> new HashMap<>());
    page.put(shown.seq(), shown);
    Event.Shown message = page.get(shown.target());
    if (message == null) {
      return;
    }
    boolean edit = shown.kind().equals("message.edited") && message.edited() < shown.seq();
    boolean recall = shown.kind().equals("message.recalled");
    if (message.recalled() == 0 && (edit || recall)) {
      verdict.broken(
          Rule.MARKS,
          "%s was shown number %d of %s as edited by %d and not recalled, with number %d, a %s of it, on the same page at %s."
              .formatted(
                  Words.reader(model, shown.reader()),
                  message.seq(),
                  shown.conversation(),
                  message.edited(),
                  shown.seq(),
                  edit ? "later edit" : "recall",
                  Words.time(shown.at())));
    }
  }
}
