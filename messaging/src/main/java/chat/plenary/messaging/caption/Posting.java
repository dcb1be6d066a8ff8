package chat.plenary.messaging.caption;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.message.Messages;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings a finished sentence into the log: one entry for its key, and an edit for each other
 * version. Whoever does so twice, at any node and at any time, does it once: refs derive from the
 * key, and rows tell which versions there were.
 */
final class Posting {
  private static final int REMEMBERED = 10_000;
  private static final int RACES = 8;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Messages messages;
  private final CaptionRows rows;
  private final Timers timers;
  private final Map<String, CaptionRows.Row> remembered =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CaptionRows.Row> eldest) {
          return size() > REMEMBERED;
        }
      };

  Posting(Messages messages, CaptionRows rows, Timers timers) {
    this.messages = messages;
    this.rows = rows;
    this.timers = timers;
  }

  /** One sentence on its way. */
  private final class Attempt {
    private final CaptionedMeeting meeting;
    private final Sentence sentence;
    private final MessageBody.Caption body;
    private final String id;
    private final String version;
    private final long until = timers.elapsed() + PATIENCE.toMillis();

    Attempt(CaptionedMeeting meeting, Sentence sentence, List<String> interpreted) {
      this.meeting = meeting;
      this.sentence = sentence;
      this.body = sentence.body(meeting.id(), interpreted);
      this.id = CaptionRows.id(meeting.id(), sentence.key());
      this.version = sentence.version();
    }

    Future<Long> settle() {
      CaptionRows.Row known = recall(id);
      return known == null ? post() : correct(known, RACES);
    }

    private Future<Long> post() {
      return repeat(
              () ->
                  messages.post(
                      caller(),
                      meeting.conversation(),
                      ref(""),
                      body,
                      UUID.randomUUID().toString()))
          .compose(
              outcome -> {
                if (outcome instanceof Outcome.Accepted accepted) {
                  CaptionRows.Row row =
                      new CaptionRows.Row(
                          sentence.key(),
                          accepted.seq(),
                          0,
                          List.of(version),
                          sentence.to().toEpochMilli());
                  remember(id, row);
                  return Future.succeededFuture(accepted.seq());
                }
                return isConflict(outcome)
                    ? row(0, FIRST_PAUSE).compose(row -> correct(row, RACES))
                    : Future.failedFuture(why(outcome));
              });
    }

    /** What it had before does nothing, nor does what is older, nor what was recalled. */
    private Future<Long> correct(CaptionRows.Row row, int races) {
      if (row.versions().contains(version)
          || sentence.to().toEpochMilli() < row.to()
          || row.corrections() >= CaptionRows.MAX_CORRECTIONS) {
        return Future.succeededFuture(row.seq());
      }
      long number = row.corrections() + 1;
      return repeat(
              () ->
                  messages.edit(
                      caller(),
                      meeting.conversation(),
                      ref("/" + number),
                      row.seq(),
                      body,
                      UUID.randomUUID().toString()))
          .compose(
              outcome -> {
                if (outcome instanceof Outcome.Accepted) {
                  remember(id, row.corrected(version, sentence.to().toEpochMilli()));
                  return Future.succeededFuture(row.seq());
                }
                if (outcome instanceof Outcome.Refused refused
                    && refused.why().code() == Fault.Code.GONE) {
                  return Future.succeededFuture(row.seq());
                }
                return isConflict(outcome) && races > 0
                    ? row(number, FIRST_PAUSE).compose(newer -> correct(newer, races - 1))
                    : Future.failedFuture(why(outcome));
              });
    }

    /** The row when it tells of so many corrections: it is written soon after the entries. */
    private Future<CaptionRows.Row> row(long corrections, Duration pause) {
      return rows.find(id)
          .compose(
              found -> {
                if (found.isPresent() && found.get().corrections() >= corrections) {
                  remember(id, found.get());
                  return Future.succeededFuture(found.get());
                }
                if (timers.elapsed() > until) {
                  return Future.failedFuture(
                      Fault.of(
                          Fault.Code.UNAVAILABLE, "The caption that this corrects is not found."));
                }
                return after(pause, () -> row(corrections, longer(pause)));
              });
    }

    /** Repeats what is not known, by the same ref, for as long as there is patience. */
    private Future<Outcome> repeat(Supplier<Future<Outcome>> what) {
      return repeat(what, FIRST_PAUSE);
    }

    private Future<Outcome> repeat(Supplier<Future<Outcome>> what, Duration pause) {
      return what.get()
          .compose(
              outcome ->
                  outcome instanceof Outcome.Unknown && timers.elapsed() < until
                      ? after(pause, () -> repeat(what, longer(pause)))
                      : Future.succeededFuture(outcome));
    }

    private Caller caller() {
      return Caller.service(meeting.organisation());
    }

    private Ref ref(String correction) {
      return new Ref("caption/" + id + correction);
    }
  }

  /**
   * Brings it there.
   *
   * @param interpreted the languages that people interpret into now
   * @return the seq of its entry; fails as unknown or unavailable where it is to be given again
   */
  Future<Long> settle(CaptionedMeeting meeting, Sentence sentence, List<String> interpreted) {
    return new Attempt(meeting, sentence, interpreted).settle();
  }

  /** Whether this node has seen a sentence's entry: what grows of it comes too late. */
  boolean isOver(String meeting, String key) {
    return recall(CaptionRows.id(meeting, key)) != null;
  }

  private CaptionRows.@Nullable Row recall(String id) {
    synchronized (remembered) {
      return remembered.get(id);
    }
  }

  private void remember(String id, CaptionRows.Row row) {
    synchronized (remembered) {
      remembered.put(id, row);
    }
  }

  private <T> Future<T> after(Duration pause, Supplier<Future<T>> what) {
    Promise<T> later = Promise.promise();
    timers.after(pause, () -> what.get().onComplete(later));
    return later.future();
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private static boolean isConflict(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
        && refused.why().code() == Fault.Code.CONFLICT;
  }

  private static Fault why(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
        ? refused.why()
        : Fault.of(Fault.Code.UNKNOWN, "It is not known whether the caption stands in the log.");
  }
}
