package chat.plenary.lab.history;

import java.util.List;

/**
 * One thing that happened in a run, as the lab saw it. Times are nanoseconds since the run began,
 * by one monotonic clock. Texts are never null; what is not there is empty, 0 or -1.
 */
public sealed interface Event {
  /** Begins a history. */
  record Start(String scenario, long seed, String note) implements Event {}

  /** Somebody who takes part. */
  record Person(String account, String organisation) implements Event {}

  /** A conversation that the run made. */
  record Made(String conversation, String organisation, boolean history) implements Event {}

  /** Somebody who is shown things: a device of an account. */
  record Reader(int reader, String account, String device) implements Event {
    /** The device of a reader of one page of history and of nothing else. */
    public static final String PAGE = "page";
  }

  /** What is asked. */
  enum Action {
    POST,
    EDIT,
    RECALL,
    MEMBERS,
    LEAVE,
    CHANGE,
    POSITION,
    REVOKE
  }

  /**
   * Something is asked.
   *
   * @param op its number, dense from 0
   * @param path on which a sender's own order holds: a session's live connection; empty: none
   * @param digest of the body, 0 without one
   * @param target the message that it is about, or the position
   */
  record Invoked(
      long op,
      long at,
      Action action,
      String account,
      String path,
      String node,
      String conversation,
      String ref,
      long digest,
      long target)
      implements Event {}

  /** What the answer was. */
  enum Outcome {
    OK,
    CONFLICT,
    REFUSED,
    UNKNOWN
  }

  /** Something was answered, or given up as unknown. */
  record Returned(long op, long at, Outcome outcome, String detail, long seq, long m)
      implements Event {}

  /** How an entry was shown. */
  enum Via {
    /** A frame of a live connection. */
    LIVE,
    /** With a conversation, after connecting, or by a sync. */
    RESUME,
    /** A page of history. */
    PAGE,
    /** By a fresh reader when all was quiet. */
    FINAL
  }

  /**
   * An entry was shown.
   *
   * @param digest of the body as shown, 0 without one
   * @param target of an edit or recall
   * @param edited the edit that it said to carry, or 0
   * @param recalled the recall that it said to carry, or 0
   * @param added whom a membership entry adds
   * @param removed whom it removes
   */
  record Shown(
      long at,
      int reader,
      Via via,
      String conversation,
      long seq,
      long m,
      String kind,
      String sender,
      String ref,
      long digest,
      long target,
      long edited,
      long recalled,
      List<String> added,
      List<String> removed)
      implements Event {}

  /**
   * A conversation's numbers were shown.
   *
   * @param began when it was asked for
   * @param position -1 where it was not told, as in a page
   */
  record Inbox(
      long began,
      long at,
      int reader,
      String conversation,
      String role,
      long head,
      long headM,
      long position,
      long positionM,
      long unread)
      implements Event {}

  /** A reader's live connection. */
  enum Link {
    OPENED,
    CURRENT,
    LOST,
    /** All was quiet, and it was connected and current: it must have been shown everything. */
    SETTLED
  }

  /** Something happened to a reader's live connection. */
  record Linked(long at, int reader, Link link, String node, String why) implements Event {}

  /** A fault begins or ends. {@code stop} says that a process is not running meanwhile. */
  record Fault(long at, boolean begins, boolean stop, String node, String what) implements Event {}
}
