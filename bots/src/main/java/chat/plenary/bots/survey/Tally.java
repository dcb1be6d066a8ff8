package chat.plenary.bots.survey;

import chat.plenary.messaging.content.Bson;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonInt64;

/** How many answered, each question, and chose each option. */
final class Tally {
  private long all;
  private final Map<String, Long> counts = new TreeMap<>();

  /** Adds what one person chose: option ids by question id. */
  void add(BsonDocument chosen) {
    all++;
    for (String question : chosen.keySet()) {
      counts.merge(question, 1L, Long::sum);
      Bson.strings(chosen, question)
          .forEach(option -> counts.merge(question + "/" + option, 1L, Long::sum));
    }
  }

  long all() {
    return all;
  }

  long of(Question question) {
    return counts.getOrDefault(question.id(), 0L);
  }

  long of(Question question, Question.Option option) {
    return counts.getOrDefault(question.id() + "/" + option.id(), 0L);
  }

  /** The same, every count rounded down to a multiple. */
  Tally rounded(long step) {
    Tally rounded = new Tally();
    rounded.all = all / step * step;
    counts.forEach((key, count) -> rounded.counts.put(key, count / step * step));
    return rounded;
  }

  BsonDocument toBson() {
    BsonDocument document = new BsonDocument();
    counts.forEach((key, count) -> document.append(key, new BsonInt64(count)));
    return new BsonDocument("n", new BsonInt64(all)).append("c", document);
  }

  static Tally read(BsonDocument document) {
    Tally tally = new Tally();
    tally.all = Bson.number(document, "n", 0);
    BsonDocument counts = document.getDocument("c");
    counts.keySet().forEach(key -> tally.counts.put(key, Bson.number(counts, key, 0)));
    return tally;
  }
}
