package chat.plenary.lab.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in one group: what they are to send, and what they were shown. Only some messages of
 * theirs are on the way at once; what comes due beyond waits here, and its time runs.
 */
final class Member {
  final int number;
  final int group;
  private final Tally tally;
  private final int window;
  private final Deque<Integer> waiting = new ArrayDeque<>();
  private final Deque<Integer> under = new ArrayDeque<>();
  private @Nullable Seat seat;
  private final TreeSet<Integer> unsure = new TreeSet<>();
  private int next;
  private boolean ready;
  private @Nullable String lost;

  Member(int number, int group, Tally tally, int window) {
    this.number = number;
    this.group = group;
    this.tally = tally;
    this.window = window;
  }

  void sitsAt(Seat taken) {
    seat = taken;
  }

  Seat seat() {
    if (seat == null) {
      throw new IllegalStateException("Member " + number + " has no connection.");
    }
    return seat;
  }

  /** A message has come due. */
  void post(int message) {
    waiting.add(message);
    send();
  }

  private void send() {
    while (ready && under.size() < window && !waiting.isEmpty()) {
      int message = waiting.remove();
      under.add(message);
      seat().post(message);
    }
  }

  /** Gives up what waits; how many that were. */
  int forget() {
    int unsent = waiting.size();
    waiting.clear();
    return unsent;
  }

  boolean isSettled() {
    return under.isEmpty();
  }

  /** Messages of the group that this member has not been shown. */
  int missing() {
    return tally.size(group) - next;
  }

  // ---- what the seat says

  void ready() {
    ready = true;
    send();
  }

  void away() {
    ready = false;
  }

  boolean isReady() {
    return ready;
  }

  void shown(int message, long now) {
    next = tally.shown(group, next, message, now);
  }

  /** A server that answers nothing else shows senders what is theirs. */
  void echoed(int message, long now) {
    if (!under.isEmpty() && under.contains(message)) {
      accepted(message, now);
    }
  }

  void accepted(int message, long now) {
    if (under.remove(message)) {
      tally.accepted(message, now);
      send();
    }
  }

  void refused(int message, String why) {
    if (under.remove(message)) {
      tally.refused(message, why);
      send();
    }
  }

  /** It is not known whether it was accepted: it is sent again, when {@link #repeat} is called. */
  void unknown(int message) {
    if (under.contains(message)) {
      tally.unknown();
      unsure.add(message);
    }
  }

  /** Sends again what is not known, the oldest first. */
  void repeat() {
    if (ready && !unsure.isEmpty()) {
      unsure.forEach(seat()::post);
      unsure.clear();
    }
  }

  /** The server was not sure to be up to date, and left out entries that history has. */
  void incomplete() {
    tally.incomplete();
  }

  void lost(String why) {
    ready = false;
    lost = why;
  }

  /** Why the connection ended; null where it did not. */
  @Nullable String whyLost() {
    return lost;
  }
}
