package chat.plenary.messaging.caption;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.delivery.Signals;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.message.History;
import chat.plenary.messaging.message.Messages;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Captions of meetings, from whatever source: growing ones are told to those who follow the
 * meeting, finished ones stand in the group's log, in the order in which they were finished.
 */
public final class Captions {
  /** Finished sentences of one meeting that wait for the log at one node, at the most. */
  private static final int MOST_WAITING = 1_000;

  private final Signals signals;
  private final Interpreters interpreters;
  private final Posting posting;
  private final Growing growing;
  private final Floor floor;
  private final CaptionRecord record;
  private final Typing typing;
  private final Map<String, Line> lines = new HashMap<>();

  /** What of one meeting is on its way into the log, one after the other. */
  private static final class Line {
    int waiting;
    Future<Void> last = Future.succeededFuture();
  }

  private Captions(
      Signals signals,
      Interpreters interpreters,
      Posting posting,
      Floor floor,
      CaptionRecord record,
      Timers timers) {
    this.signals = signals;
    this.interpreters = interpreters;
    this.posting = posting;
    this.growing = new Growing(timers, this::tell);
    this.floor = floor;
    this.record = record;
    this.typing = new Typing(this, timers);
  }

  /**
   * What captions need of the rest.
   *
   * @param meetings finds a meeting by its id
   * @param translations what there is of translations of entries
   * @param changed tells the group's sessions that something about a meeting, given by its id,
   *     changed
   */
  public record Doors(
      Function<String, Future<Optional<CaptionedMeeting>>> meetings,
      Translations translations,
      Consumer<String> changed) {}

  /** Where translations of entries are found. */
  @FunctionalInterface
  public interface Translations {
    /**
     * What some entries say in a language, as far as it is known; what is not is made, for the next
     * time.
     *
     * @param seqs at most 100 entries, which the reader may see
     * @return by seq; without those that are still to be made
     */
    Future<Map<Long, Translation>> of(
        Caller reader, ConversationId conversation, List<Long> seqs, String language);
  }

  /**
   * Opens captions: creates their index, and adds their listener to the log, which must not have
   * been started.
   */
  public static Future<Captions> open(
      Log log,
      Access access,
      Messages messages,
      History history,
      Store store,
      Signals signals,
      Timers timers,
      Doors doors) {
    CaptionRows rows = new CaptionRows(store);
    log.listen(rows);
    Interpreters interpreters = new Interpreters(store, timers);
    Floor floor = new Floor(log, access, interpreters, doors.meetings(), doors.changed());
    return CaptionRows.prepare(store)
        .map(
            v ->
                new Captions(
                    signals,
                    interpreters,
                    new Posting(messages, rows, timers),
                    floor,
                    new CaptionRecord(rows, history, floor, doors.translations()),
                    timers));
  }

  /** The sentence that an entry's body holds, or null where it holds none that can be read. */
  public static @Nullable Sentence sentence(BsonDocument body) {
    return CaptionJson.sentence(body);
  }

  /** Who interprets. */
  public Interpreters interpreters() {
    return interpreters;
  }

  /** Who may do what in a meeting. */
  public Floor floor() {
    return floor;
  }

  /** What people type. */
  public Typing typing() {
    return typing;
  }

  /** What was said. */
  public CaptionRecord record() {
    return record;
  }

  /**
   * Takes a sentence. A growing one is told and forgotten, the moment it is taken. A finished one
   * stands in the log when the future succeeds; the same again does nothing, another text for the
   * same key replaces it, and what was recalled stays so.
   *
   * @return the seq of its entry, 0 where it grows or is empty; fails as unknown, unavailable or
   *     too many where it is to be given again
   */
  public Future<Long> take(CaptionedMeeting meeting, Sentence sentence) {
    if (sentence.text().isEmpty()) {
      return Future.succeededFuture(0L);
    }
    if (!sentence.complete()) {
      if (!posting.isOver(meeting.id(), sentence.key())) {
        growing.grow(meeting, sentence);
      }
      return Future.succeededFuture(0L);
    }
    growing.over(meeting.id(), sentence.key());
    return inLine(meeting, sentence);
  }

  /** One after the other, so that they stand in the log in this order. */
  private Future<Long> inLine(CaptionedMeeting meeting, Sentence sentence) {
    synchronized (lines) {
      Line line = lines.computeIfAbsent(meeting.id(), id -> new Line());
      if (line.waiting >= MOST_WAITING) {
        return Future.failedFuture(
            Fault.tooMany("Too many captions of this meeting wait for the log.", 1));
      }
      line.waiting++;
      Future<Long> settled =
          line.last
              .transform(before -> settle(meeting, sentence))
              .onComplete(done -> left(meeting));
      line.last = settled.mapEmpty();
      return settled;
    }
  }

  private void left(CaptionedMeeting meeting) {
    synchronized (lines) {
      Line line = lines.get(meeting.id());
      if (line != null && --line.waiting == 0) {
        lines.remove(meeting.id());
      }
    }
  }

  private Future<Long> settle(CaptionedMeeting meeting, Sentence sentence) {
    boolean onFloor = sentence.by() != Sentence.By.INTERPRETER;
    Future<List<String>> interpreted =
        onFloor
            ? interpreters.channels(meeting.id()).otherwise(List.of())
            : Future.succeededFuture(List.of());
    return interpreted.compose(channels -> posting.settle(meeting, sentence, channels));
  }

  /** Tells those who follow a meeting why captions of somebody stopped. */
  public void trouble(CaptionedMeeting meeting, Speaker speaker, String language, String problem) {
    JsonObject caption =
        new JsonObject()
            .put("meeting", meeting.id())
            .put("key", "problem/" + Sentence.hash(speaker.name() + language, 6))
            .put("speaker", speaker.toJson())
            .put("language", language)
            .put("text", "")
            .put("translations", new JsonArray())
            .put("complete", false)
            .put("problem", problem);
    signals.send(new Signals.Signal.Captioned(meeting.conversation(), meeting.id(), caption));
  }

  private void tell(CaptionedMeeting meeting, Sentence sentence) {
    JsonObject caption =
        new JsonObject()
            .put("meeting", meeting.id())
            .put("key", sentence.key())
            .put("speaker", sentence.speaker().toJson())
            .put("language", sentence.language())
            .put("text", sentence.text())
            .put("translations", sentence.translationsJson())
            .put("complete", false);
    signals.send(new Signals.Signal.Captioned(meeting.conversation(), meeting.id(), caption));
  }
}
