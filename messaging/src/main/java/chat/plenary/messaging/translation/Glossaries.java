package chat.plenary.messaging.translation;

import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** What an organisation calls things in each language. */
final class Glossaries {
  static final String COLLECTION = "glossaries";
  private static final Duration KEPT = Duration.ofSeconds(10);
  private static final int MOST = 1_000;

  private final Store store;
  private final Timers timers;
  private final Map<OrganisationId, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<OrganisationId, Known> eldest) {
          return size() > MOST;
        }
      };

  private record Known(List<Term> terms, long at) {}

  Glossaries(Store store, Timers timers) {
    this.store = store;
    this.timers = timers;
  }

  /** The terms from one language into another; other nodes learn of a change within 10 s. */
  Future<List<Term>> of(OrganisationId organisation, String from, String to) {
    synchronized (known) {
      Known one = known.get(organisation);
      if (one != null && timers.elapsed() - one.at() < KEPT.toMillis()) {
        return Future.succeededFuture(chosen(one.terms(), from, to));
      }
    }
    return all(organisation)
        .map(
            terms -> {
              remember(organisation, terms);
              return chosen(terms, from, to);
            });
  }

  private static List<Term> chosen(List<Term> terms, String from, String to) {
    return terms.stream()
        .filter(term -> Language.same(term.language(), from) && Language.same(term.into(), to))
        .toList();
  }

  Future<List<Term>> all(OrganisationId organisation) {
    return store
        .get(COLLECTION, List.of(organisation.value()))
        .map(
            rows -> {
              List<Term> terms = new ArrayList<>();
              if (!rows.isEmpty()) {
                for (BsonValue value : rows.get(0).getArray("terms", new BsonArray())) {
                  BsonDocument term = value.asDocument();
                  terms.add(
                      new Term(
                          term.getString("from").getValue(),
                          term.getString("to").getValue(),
                          term.getString("language").getValue(),
                          term.getString("into").getValue()));
                }
              }
              return List.copyOf(terms);
            });
  }

  Future<Void> set(OrganisationId organisation, List<Term> terms) {
    BsonArray array = new BsonArray();
    for (Term term : terms) {
      array.add(
          new BsonDocument("from", new BsonString(term.from()))
              .append("to", new BsonString(term.to()))
              .append("language", new BsonString(term.language()))
              .append("into", new BsonString(term.into())));
    }
    BsonDocument row =
        new BsonDocument("_id", new BsonString(organisation.value())).append("terms", array);
    return store
        .insert(COLLECTION, List.of(row))
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? store
                        .update(COLLECTION, Update.of(organisation.value()).set("terms", array))
                        .mapEmpty()
                    : Future.failedFuture(failure))
        .onSuccess(v -> remember(organisation, List.copyOf(terms)));
  }

  private void remember(OrganisationId organisation, List<Term> terms) {
    synchronized (known) {
      known.put(organisation, new Known(terms, timers.elapsed()));
    }
  }
}
