package chat.plenary.lab.workload;

import chat.plenary.client.Accepted;
import chat.plenary.client.Content;
import chat.plenary.client.Conversation;
import chat.plenary.client.Entry;
import chat.plenary.client.Problem;
import chat.plenary.client.ProblemException;
import chat.plenary.lab.history.Digest;
import chat.plenary.lab.history.Event;
import chat.plenary.lab.history.HistoryWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes down what the lab's people ask and see, in the terms of a history. Safe for threads. */
public final class Recorder {
  private final HistoryWriter writer;
  private final long began = System.nanoTime();
  private final AtomicLong ops = new AtomicLong();
  private final AtomicInteger readers = new AtomicInteger();
  private final AtomicLong accepted = new AtomicLong();
  private final Pauses pauses = new Pauses();

  public Recorder(HistoryWriter writer) {
    this.writer = writer;
  }

  /** Nanoseconds since the run began. */
  public long now() {
    return System.nanoTime() - began;
  }

  public void add(Event event) {
    writer.add(event);
  }

  /** Operations so far. */
  public long operations() {
    return ops.get();
  }

  /** Appends that were accepted so far. */
  public long accepted() {
    return accepted.get();
  }

  /**
   * The longest time since {@link #resetPause()} in which a conversation accepted nothing, in
   * nanoseconds.
   */
  public long longestPause() {
    return pauses.longest(now());
  }

  public void resetPause() {
    pauses.reset(now());
  }

  int reader(String account, String device) {
    int reader = readers.incrementAndGet();
    add(new Event.Reader(reader, account, device));
    return reader;
  }

  /** What is asked, without its number and time. */
  record Asked(
      Event.Action action,
      String account,
      String path,
      String node,
      String conversation,
      String ref,
      long digest,
      long target) {}

  /** Numbers are written in their order. */
  synchronized long ask(Asked asked) {
    long op = ops.getAndIncrement();
    add(
        new Event.Invoked(
            op,
            now(),
            asked.action(),
            asked.account(),
            asked.path(),
            asked.node(),
            asked.conversation(),
            asked.ref(),
            asked.digest(),
            asked.target()));
    return op;
  }

  /**
   * Writes down the outcome of an append when it is known.
   *
   * @param grows the conversation that has a new entry if this is accepted; empty for a repetition
   */
  CompletableFuture<Accepted> answer(long op, String grows, CompletableFuture<Accepted> outcome) {
    return outcome.whenComplete(
        (done, failure) -> {
          if (failure == null) {
            accepted.incrementAndGet();
            if (!grows.isEmpty()) {
              pauses.accepted(grows, now());
            }
            returned(op, Event.Outcome.OK, "", done.seq(), done.m());
          } else {
            failed(op, failure);
          }
        });
  }

  void returned(long op, Event.Outcome outcome, String detail, long seq, long m) {
    add(new Event.Returned(op, now(), outcome, detail, seq, m));
  }

  void failed(long op, Throwable failure) {
    Problem problem = problem(failure);
    String detail = problem == null ? failure.toString() : problem.name() + " " + problem.detail();
    returned(op, outcome(problem), detail, 0, 0);
  }

  static @Nullable Problem problem(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof ProblemException known ? known.problem() : null;
  }

  /** What is not surely refused is unknown. */
  private static Event.Outcome outcome(@Nullable Problem problem) {
    if (problem == null) {
      return Event.Outcome.UNKNOWN;
    }
    return switch (problem.name()) {
      case "conflict" -> Event.Outcome.CONFLICT;
      case "invalid", "forbidden", "not-found", "gone", "too-large" -> Event.Outcome.REFUSED;
      default -> Event.Outcome.UNKNOWN;
    };
  }

  void shown(int reader, Event.Via via, Entry entry) {
    Content content = entry.content();
    long digest = 0;
    long target = 0;
    List<String> added = List.of();
    List<String> removed = List.of();
    if (content instanceof Content.Posted posted) {
      digest = Digest.of(posted.body());
    } else if (content instanceof Content.Edited edited) {
      digest = Digest.of(edited.body());
      target = edited.target();
    } else if (content instanceof Content.Recalled recalled) {
      target = recalled.target();
    } else if (content instanceof Content.Created created) {
      List<String> all = new ArrayList<>(created.members());
      if (!all.contains(entry.sender())) {
        all.add(entry.sender());
      }
      added = all;
    } else if (content instanceof Content.MembersChanged changed) {
      added = changed.add() == null ? List.of() : changed.add();
      removed = changed.remove() == null ? List.of() : changed.remove();
    }
    Entry.Mark edited = entry.edited();
    Entry.Mark recalled = entry.recalled();
    add(
        new Event.Shown(
            now(),
            reader,
            via,
            entry.conversation(),
            entry.seq(),
            entry.m(),
            entry.kind(),
            entry.sender(),
            entry.ref() == null ? "" : entry.ref(),
            digest,
            target,
            edited == null ? 0 : edited.seq(),
            recalled == null ? 0 : recalled.seq(),
            added,
            removed));
  }

  void inbox(int reader, long asked, Conversation conversation) {
    Conversation.Place head = conversation.head();
    Conversation.Place position = conversation.position();
    String role = conversation.role();
    if (head != null) {
      add(
          new Event.Inbox(
              asked,
              now(),
              reader,
              conversation.id(),
              role == null ? "" : role,
              head.seq(),
              head.m(),
              position == null ? -1 : position.seq(),
              position == null ? 0 : position.m(),
              conversation.unread()));
    }
  }

  void linked(int reader, Event.Link link, String node, String why) {
    add(new Event.Linked(now(), reader, link, node, why));
  }
}
