package chat.plenary.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import reactor.core.publisher.Flux;

/** All documents of all collections, read by the driver. */
final class Everything implements AutoCloseable {
  /**
   * What an answer leaves: the random ids of answers and texts, and words that one person alone
   * wrote. Found again by the scripts, which know who chose what; the server does not.
   */
  record Answered(List<String> ids, List<String> words) {
    List<String> all() {
      List<String> all = new ArrayList<>(ids);
      all.addAll(words);
      return all;
    }
  }

  private final MongoClient client;
  private final MongoDatabase database;

  Everything(String uri) {
    client = MongoClients.create(uri);
    database = client.getDatabase(String.valueOf(new ConnectionString(uri).getDatabase()));
  }

  Map<String, List<BsonDocument>> documents() {
    Map<String, List<BsonDocument>> all = new TreeMap<>();
    for (String name : list(Flux.from(database.listCollectionNames()))) {
      all.put(name, of(name));
    }
    return all;
  }

  List<BsonDocument> of(String collection) {
    return list(Flux.from(database.getCollection(collection, BsonDocument.class).find()));
  }

  int count(String collection) {
    return of(collection).size();
  }

  /** The answers that were sent are those of the scripts, each once. */
  Answered answered(List<Respondent> sent) {
    List<String> ids = new ArrayList<>();
    List<Map<String, List<String>>> stored = new ArrayList<>();
    for (BsonDocument row : of("survey_answers")) {
      assertThat(row.keySet()).containsExactlyInAnyOrder("_id", "i", "s", "d", "q");
      assertThat(row.getString("d").getValue()).matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
      ids.add(row.getString("_id").getValue());
      Map<String, List<String>> chosen = new HashMap<>();
      row.getDocument("q")
          .forEach(
              (question, options) ->
                  chosen.put(
                      question,
                      options.asArray().stream().map(one -> one.asString().getValue()).toList()));
      stored.add(chosen);
    }
    assertThat(stored)
        .containsExactlyInAnyOrderElementsOf(sent.stream().map(person -> person.chosen).toList());
    List<String> words = new ArrayList<>();
    for (BsonDocument row : of("survey_texts")) {
      assertThat(row.keySet()).containsExactlyInAnyOrder("_id", "i", "s", "d", "q", "text");
      ids.add(row.getString("_id").getValue());
      words.add(row.getString("text").getValue());
    }
    List<String> written = new ArrayList<>();
    sent.forEach(person -> written.addAll(person.words));
    assertThat(words).containsExactlyInAnyOrderElementsOf(written);
    assertThat(ids).doesNotHaveDuplicates();
    return new Answered(ids, words);
  }

  private static <T> List<T> list(Flux<T> flux) {
    List<T> found = flux.collectList().block();
    return found == null ? List.of() : found;
  }

  @Override
  public void close() {
    client.close();
  }
}
