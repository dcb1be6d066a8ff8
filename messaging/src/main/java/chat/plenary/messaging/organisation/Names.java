package chat.plenary.messaging.organisation;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** The names of organisations, each taken once on a server without regard to case. */
final class Names {
  static final String COLLECTION = "organisation_names";

  private final Store store;

  Names(Store store) {
    this.store = store;
  }

  /**
   * Takes a name, or finds who has it.
   *
   * @param candidate whose it is to be
   * @return whose it is
   */
  Future<OrganisationId> take(String name, OrganisationId candidate) {
    BsonDocument row =
        new BsonDocument("_id", new BsonString(folded(name)))
            .append("o", new BsonString(candidate.value()));
    return store
        .insert(COLLECTION, List.of(row))
        .map(candidate)
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? find(name).map(holder -> holder == null ? candidate : holder)
                    : Future.failedFuture(failure));
  }

  /** Whose a name is, or null. */
  Future<@Nullable OrganisationId> find(String name) {
    return store
        .get(COLLECTION, List.of(folded(name)))
        .map(rows -> rows.isEmpty() ? null : new OrganisationId(Bodies.text(rows.get(0), "o")));
  }

  /** Up to {@code limit} organisations that have names, each once. */
  Future<List<OrganisationId>> some(int limit) {
    return store
        .find(Query.in(COLLECTION, "_id").limit(limit))
        .map(
            rows ->
                rows.stream()
                    .map(row -> new OrganisationId(Bodies.text(row, "o")))
                    .distinct()
                    .toList());
  }

  Future<Void> release(String name) {
    return store.delete(COLLECTION, List.of(folded(name))).mapEmpty();
  }

  static Fault taken() {
    return Fault.of(Fault.Code.CONFLICT, "organisation.name", "This name is taken.");
  }

  static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip();
  }
}
