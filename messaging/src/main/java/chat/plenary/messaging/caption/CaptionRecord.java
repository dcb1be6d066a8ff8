package chat.plenary.messaging.caption;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.message.History;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What was said in a meeting, read back. A page is read by the index of captions; then the log is
 * read once for captions that stand together, and once more for each gap of more than {@value #GAP}
 * other entries between them.
 */
public final class CaptionRecord {
  /** Captions of a page, at the most. */
  public static final int MAX_PAGE = 100;

  /** Captions of an export, at the most; a longer one says where it goes on. */
  public static final int MAX_EXPORT = 5_000;

  private static final int GAP = 50;
  private static final int RANGE = 500;

  private final CaptionRows rows;
  private final History history;
  private final Floor floor;
  private final Captions.Translations translations;

  CaptionRecord(
      CaptionRows rows, History history, Floor floor, Captions.Translations translations) {
    this.rows = rows;
    this.history = history;
    this.floor = floor;
    this.translations = translations;
  }

  /**
   * A caption as it stands now.
   *
   * @param seq its entry
   * @param key what its source calls it
   * @param sentence what it says; null where it was recalled, or its time is over
   * @param interpreted the languages that people interpreted into when it was said
   * @param translation what it says in the language that was asked for, where that is another and
   *     it is known
   */
  public record Line(
      long seq,
      String key,
      @Nullable Sentence sentence,
      List<String> interpreted,
      @Nullable Translation translation) {
    private Line with(@Nullable Translation one) {
      return new Line(seq, key, sentence, interpreted, one);
    }

    /** The form in the protocol. */
    public JsonObject toJson() {
      JsonObject json = new JsonObject().put("seq", seq).put("key", key);
      Sentence said = sentence;
      if (said == null) {
        return json.putNull("speaker")
            .putNull("language")
            .putNull("text")
            .putNull("from")
            .putNull("to")
            .putNull("by")
            .putNull("translation")
            .put("recalled", true);
      }
      return json.put("speaker", said.speaker().toJson())
          .put("language", said.language())
          .put("text", said.text())
          .put("from", CaptionJson.time(said.from()))
          .put("to", CaptionJson.time(said.to()))
          .put("by", said.by().text())
          .put("translation", translation == null ? null : translation.toJson())
          .put("recalled", false);
    }
  }

  /**
   * A page.
   *
   * @param meeting the meeting
   * @param lines in the order of the log
   * @param next what to pass as {@code after} for the next page; 0 at the end
   */
  public record Page(CaptionedMeeting meeting, List<Line> lines, long next) {}

  /**
   * A page of what a member may see.
   *
   * @param after only captions behind this seq; 0 from the beginning
   * @param limit 1 to 100
   * @param language the tag of a language into which to translate; null for none
   */
  public Future<Page> page(
      Caller caller, String meeting, long after, int limit, @Nullable String language) {
    return floor.see(caller, meeting).compose(seen -> page(caller, seen, after, limit, language));
  }

  private Future<Page> page(
      Caller caller, Floor.Seen seen, long after, int limit, @Nullable String language) {
    return rows.page(seen.meeting().id(), after, limit)
        .compose(
            found ->
                lines(seen.view(), found)
                    .compose(lines -> translated(caller, seen, lines, language))
                    .map(
                        lines ->
                            new Page(
                                seen.meeting(),
                                lines,
                                found.size() < limit ? 0 : found.get(limit - 1).seq())));
  }

  /**
   * All of it, for an export: at most {@value #MAX_EXPORT} captions, without those that were
   * recalled.
   */
  public Future<Page> export(Caller caller, String meeting, long after, @Nullable String language) {
    return floor
        .see(caller, meeting)
        .compose(seen -> export(caller, seen, after, language, new ArrayList<>()));
  }

  private Future<Page> export(
      Caller caller, Floor.Seen seen, long after, @Nullable String language, List<Line> found) {
    return page(caller, seen, after, MAX_PAGE, language)
        .compose(
            page -> {
              page.lines().stream().filter(line -> line.sentence() != null).forEach(found::add);
              return page.next() == 0 || found.size() > MAX_EXPORT - MAX_PAGE
                  ? Future.succeededFuture(
                      new Page(seen.meeting(), channel(found, language), page.next()))
                  : export(caller, seen, page.next(), language, found);
            });
  }

  /**
   * What one reader follows: the floor, and in a language that people interpreted into what they
   * said in place of what they interpreted.
   */
  private static List<Line> channel(List<Line> all, @Nullable String language) {
    if (language == null) {
      return all.stream().filter(CaptionRecord::isOnFloor).toList();
    }
    boolean interpreted = all.stream().anyMatch(line -> isInterpreted(line, language));
    return all.stream()
        .filter(
            line ->
                isOnFloor(line)
                    ? !(interpreted && Floor.among(line.interpreted(), language))
                    : isInterpreted(line, language))
        .toList();
  }

  private static boolean isOnFloor(Line line) {
    Sentence said = line.sentence();
    return said != null && said.by() != Sentence.By.INTERPRETER;
  }

  private static boolean isInterpreted(Line line, String language) {
    Sentence said = line.sentence();
    return said != null
        && said.by() == Sentence.By.INTERPRETER
        && Language.same(said.language(), language);
  }

  private Future<List<Line>> lines(Access.View view, List<CaptionRows.Row> found) {
    List<CaptionRows.Row> visible = found.stream().filter(row -> view.visible(row.seq())).toList();
    Map<Long, EntryView> entries = new HashMap<>();
    Future<Void> read = Future.succeededFuture();
    int from = 0;
    while (from < visible.size()) {
      int to = from;
      long first = visible.get(from).seq();
      while (to + 1 < visible.size()
          && visible.get(to + 1).seq() - visible.get(to).seq() <= GAP
          && visible.get(to + 1).seq() - first < RANGE) {
        to++;
      }
      long last = visible.get(to).seq();
      read =
          read.compose(v -> history.between(view, first, last, (int) (last - first + 1)))
              .map(
                  some -> {
                    some.forEach(one -> entries.put(one.entry().seq(), one));
                    return null;
                  });
      from = to + 1;
    }
    return read.map(v -> visible.stream().map(row -> line(row, entries.get(row.seq()))).toList());
  }

  private static Line line(CaptionRows.Row row, @Nullable EntryView entry) {
    BsonDocument body = entry == null ? null : entry.body();
    Sentence sentence =
        body != null && MessageBody.isCaption(body) ? CaptionJson.sentence(body) : null;
    return new Line(
        row.seq(),
        row.key(),
        sentence,
        body == null ? List.of() : Bson.strings(body, "interpreted"),
        null);
  }

  /** What came with it goes before what was made here; interpreters are not translated. */
  private Future<List<Line>> translated(
      Caller caller, Floor.Seen seen, List<Line> lines, @Nullable String language) {
    if (language == null) {
      return Future.succeededFuture(lines);
    }
    List<Long> wanting = new ArrayList<>();
    for (Line line : lines) {
      Sentence said = line.sentence();
      if (said != null
          && said.by() != Sentence.By.INTERPRETER
          && !Language.same(said.language(), language)
          && said.into(language) == null
          && !Floor.among(line.interpreted(), language)) {
        wanting.add(line.seq());
      }
    }
    Future<Map<Long, Translation>> made =
        wanting.isEmpty()
            ? Future.succeededFuture(Map.of())
            : translations
                .of(caller, seen.meeting().conversation(), wanting, language)
                .otherwise(failure -> failed(wanting, language, failure));
    return made.map(
        found ->
            lines.stream()
                .map(
                    line -> {
                      Sentence said = line.sentence();
                      Translation own = said == null ? null : said.into(language);
                      return line.with(own == null ? found.get(line.seq()) : own);
                    })
                .toList());
  }

  /** What cannot be translated can be read all the same, and says why. */
  private static Map<Long, Translation> failed(
      List<Long> wanting, String language, Throwable failure) {
    String problem =
        failure instanceof Fault fault
            ? String.valueOf(fault.getMessage())
            : "Translations are not available now.";
    Map<Long, Translation> all = new HashMap<>();
    wanting.forEach(seq -> all.put(seq, Translation.failed(language, problem)));
    return all;
  }
}
