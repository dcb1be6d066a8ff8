package chat.plenary.lab.checker;

import chat.plenary.lab.history.Event;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each connection showed, one after another, and whether each follower was shown all. */
final class StreamCheck {
  private final Model model;
  private final Verdict verdict;
  private final Map<Integer, Follower> followers = new HashMap<>();

  StreamCheck(Model model, Verdict verdict) {
    this.model = model;
    this.verdict = verdict;
  }

  private static final class Follower {
    String node = "";
    boolean current;
    final Map<String, Long> last = new HashMap<>();
    final Map<String, Ranges> shown = new HashMap<>();

    Ranges shown(String conversation) {
      return shown.computeIfAbsent(conversation, any -> new Ranges());
    }
  }

  private Follower follower(int reader) {
    return followers.computeIfAbsent(reader, any -> new Follower());
  }

  /** The node that a reader is connected to. */
  String node(int reader) {
    return follower(reader).node;
  }

  void linked(Event.Linked linked) {
    Follower follower = follower(linked.reader());
    switch (linked.link()) {
      case OPENED -> {
        follower.node = linked.node();
        follower.current = false;
        follower.last.clear();
      }
      case CURRENT -> follower.current = true;
      case LOST -> follower.current = false;
      case SETTLED -> settled(linked.reader(), follower);
    }
  }

  /** The head that comes with a conversation: a new reader need not be shown what is before it. */
  void inbox(Event.Inbox inbox) {
    Follower follower = follower(inbox.reader());
    if (inbox.position() >= 0 && !follower.shown.containsKey(inbox.conversation())) {
      follower.shown(inbox.conversation()).add(0, inbox.head());
    }
  }

  void shown(Event.Shown shown, Log log) {
    if (shown.via() == Event.Via.FINAL) {
      return;
    }
    Follower follower = follower(shown.reader());
    if (shown.via() == Event.Via.LIVE) {
      live(shown, log, follower);
    }
    follower.shown(log.id).add(shown.seq(), shown.seq());
    if (shown.via() != Event.Via.PAGE) {
      follower.last.merge(log.id, shown.seq(), Math::max);
    }
  }

  /** Before the connection is current, an entry may come that was in its conversation's frame. */
  private void live(Event.Shown shown, Log log, Follower follower) {
    Long last = follower.last.get(log.id);
    if (!follower.current || last == null) {
      return;
    }
    if (shown.seq() <= last) {
      verdict.broken(
          Rule.SHOWN_TWICE,
          "%s was shown entry %d of %s at %s by a connection that had shown number %d before."
              .formatted(
                  Words.reader(model, shown.reader()),
                  shown.seq(),
                  log.id,
                  Words.time(shown.at()),
                  last));
    } else if (shown.seq() > last + 1 && might(log, shown, last + 1)) {
      verdict.broken(
          Rule.STREAM_GAP,
          "%s was shown entry %d of %s at %s right after number %d by one connection to %s."
              .formatted(
                  Words.reader(model, shown.reader()),
                  shown.seq(),
                  log.id,
                  Words.time(shown.at()),
                  last,
                  follower.node));
    }
  }

  /** Whether what was left out belongs to the stay by which the entry is seen. */
  private boolean might(Log log, Event.Shown shown, long missing) {
    String account = model.account(shown.reader());
    Log.Stay stay = log.seeing(account, shown.seq(), shown.at());
    long joined = stay == null ? 0 : joined(log, account, shown.seq());
    return stay != null && missing >= Math.max(joined, stay.from());
  }

  /** The entry that made an account a member in whose stay a number is. */
  private static long joined(Log log, String account, long seq) {
    for (long at = seq; at >= 1; at--) {
      Event.Shown change = log.membership(at);
      if (change != null && change.added().contains(account)) {
        return at;
      }
    }
    return 1;
  }

  private void settled(int reader, Follower follower) {
    String account = model.account(reader);
    for (Log log : model.logs.values()) {
      Ranges shown = follower.shown.get(log.id);
      for (Log.Stay stay : log.stays(account)) {
        if (stay.to() != Long.MAX_VALUE) {
          // Who was removed while away may not fetch what lies before the newest entries any more.
          continue;
        }
        long to = log.head();
        long from = shown == null ? stay.from() : Math.max(stay.from(), shown.first());
        if (to >= from && (shown == null || shown.reach(from) < to)) {
          missing(reader, log, shown, shown == null ? from : shown.reach(from) + 1);
        }
      }
    }
  }

  private void missing(int reader, Log log, @Nullable Ranges shown, long first) {
    String account = model.account(reader);
    long joined = Math.max(first, joined(log, account, log.head()));
    for (long seq = joined; seq <= log.head(); seq++) {
      if (shown == null || !shown.has(seq)) {
        verdict.broken(
            Rule.FOLLOWER,
            "%s followed live and was current in the end, but was never shown %s (head %d)."
                .formatted(Words.reader(model, reader), Words.entry(log, seq), log.head()));
        return;
      }
    }
  }
}
