package chat.plenary.bots.wecom;

import chat.plenary.messaging.account.Secret;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Sweep;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * What applications have sent, as far as it is needed again: where each message stands, so that it
 * can be recalled, and which request was which message. A request that was told to come again is
 * the same message when it does, so that those who have it do not get it twice.
 */
final class Sent {
  static final String MESSAGES = "wecom_messages";
  static final String REQUESTS = "wecom_requests";

  /** For so long a message can be recalled. */
  static final Duration RECALL = Duration.ofHours(24);

  /** For so long a request that was told to come again is known by what it says. */
  static final Duration AGAIN = Duration.ofMinutes(10);

  private static final int RACES = 5;

  private final Store store;
  private final Clock clock;

  Sent(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  Future<Void> prepare() {
    return store.index(Index.of(MESSAGES, "x")).compose(v -> store.index(Index.of(REQUESTS, "x")));
  }

  private enum Stage {
    /** Under way, or nobody knows any more. */
    OPEN,
    /** Its caller was told to come again. */
    BUSY,
    /** All who are to have it have it. */
    DONE
  }

  /**
   * A request that is a message.
   *
   * @param row the id of its row; there may be none
   * @param msgid the message
   * @param done whether all who are to have it have it already
   * @param once whether the same again is to be no other message
   */
  record Begun(String row, String msgid, boolean done, boolean once) {}

  /** One place at which a message stands. */
  record Place(ConversationId conversation, long seq) {}

  /**
   * Begins a message.
   *
   * @param request what was asked, in one form
   * @param once for how long the same again is the same message; null where each is another
   */
  Future<Begun> begin(Application application, String request, @Nullable Duration once) {
    String row = application.id() + "/" + new Secret(request).hash();
    return once == null
        ? again(row)
        : once(row, clock.millis() + once.toMillis(), RACES).compose(begun -> swept().map(begun));
  }

  private Future<Begun> again(String row) {
    String fresh = msgid();
    return store
        .get(REQUESTS, List.of(row))
        .compose(
            rows -> {
              BsonDocument known = rows.isEmpty() ? null : rows.get(0);
              if (known == null || ended(known) || stage(known) != Stage.BUSY) {
                return Future.succeededFuture(new Begun(row, fresh, false, false));
              }
              String msgid = known.getString("m").getValue();
              // Of two who come again at once one goes on with it; the other is told to come again.
              return store
                  .update(
                      REQUESTS,
                      Update.of(row)
                          .expect("m", msgid)
                          .expect("st", Stage.BUSY.name())
                          .set("st", Stage.OPEN.name()))
                  .map(
                      mine -> {
                        if (!mine) {
                          throw Refusal.of(Errcode.BUSY);
                        }
                        return new Begun(row, msgid, false, false);
                      });
            });
  }

  private Future<Begun> once(String row, long until, int races) {
    if (races == 0) {
      return Future.failedFuture(Refusal.of(Errcode.BUSY));
    }
    String fresh = msgid();
    return store
        .insert(REQUESTS, List.of(request(row, fresh, until, Stage.OPEN)))
        .map(new Begun(row, fresh, false, true))
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? known(row, fresh, until, races)
                    : Future.failedFuture(failure));
  }

  private Future<Begun> known(String row, String fresh, long until, int races) {
    return store
        .get(REQUESTS, List.of(row))
        .compose(
            rows -> {
              if (rows.isEmpty()) {
                return once(row, until, races - 1);
              }
              BsonDocument known = rows.get(0);
              String msgid = known.getString("m").getValue();
              if (!ended(known)) {
                return Future.succeededFuture(
                    new Begun(row, msgid, stage(known) == Stage.DONE, true));
              }
              return store
                  .update(
                      REQUESTS,
                      Update.of(row)
                          .expect("m", msgid)
                          .set("m", fresh)
                          .set("x", until)
                          .set("st", Stage.OPEN.name()))
                  .compose(
                      mine ->
                          mine
                              ? Future.succeededFuture(new Begun(row, fresh, false, true))
                              : once(row, until, races - 1));
            });
  }

  /** All who are to have a message have it: here. */
  Future<Void> done(Application application, Begun begun, List<Place> places) {
    BsonArray to = new BsonArray();
    for (Place place : places) {
      to.add(
          new BsonDocument("c", new BsonString(place.conversation().value()))
              .append("s", new BsonInt64(place.seq())));
    }
    BsonDocument message =
        new BsonDocument("_id", new BsonString(begun.msgid()))
            .append("a", new BsonString(application.account().value()))
            .append("x", new BsonInt64(clock.millis() + RECALL.toMillis()))
            .append("to", to);
    return store
        .insert(MESSAGES, List.of(message))
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure))
        .compose(v -> swept())
        .compose(
            v ->
                begun.once()
                    ? store.update(
                        REQUESTS,
                        Update.of(begun.row())
                            .expect("m", begun.msgid())
                            .set("st", Stage.DONE.name()))
                    : Future.succeededFuture(true))
        .mapEmpty();
  }

  /** Its caller is told to come again: then it is the same message. */
  Future<Void> busy(Begun begun) {
    if (begun.once()) {
      return Future.succeededFuture();
    }
    long until = clock.millis() + AGAIN.toMillis();
    return store
        .insert(REQUESTS, List.of(request(begun.row(), begun.msgid(), until, Stage.BUSY)))
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? store
                        .update(
                            REQUESTS,
                            Update.of(begun.row())
                                .set("m", begun.msgid())
                                .set("x", until)
                                .set("st", Stage.BUSY.name()))
                        .mapEmpty()
                    : Future.failedFuture(failure));
  }

  /** Where a message of the last 24 hours stands; null where the application sent none such. */
  Future<@Nullable List<Place>> places(Application application, String msgid) {
    return store
        .get(MESSAGES, List.of(msgid))
        .map(
            rows -> {
              if (rows.isEmpty()
                  || ended(rows.get(0))
                  || !rows.get(0).getString("a").getValue().equals(application.account().value())) {
                return null;
              }
              List<Place> places = new ArrayList<>();
              rows.get(0)
                  .getArray("to")
                  .forEach(
                      one ->
                          places.add(
                              new Place(
                                  new ConversationId(one.asDocument().getString("c").getValue()),
                                  one.asDocument().getNumber("s").longValue())));
              return places;
            });
  }

  private Future<Void> swept() {
    long now = clock.millis();
    return Sweep.of(store, Query.in(MESSAGES, "x"), now)
        .compose(v -> Sweep.of(store, Query.in(REQUESTS, "x"), now));
  }

  private boolean ended(BsonDocument row) {
    return row.getNumber("x").longValue() <= clock.millis();
  }

  private static Stage stage(BsonDocument row) {
    return Stage.valueOf(row.getString("st").getValue());
  }

  private static BsonDocument request(String row, String msgid, long until, Stage stage) {
    return new BsonDocument("_id", new BsonString(row))
        .append("m", new BsonString(msgid))
        .append("x", new BsonInt64(until))
        .append("st", new BsonString(stage.name()));
  }

  private static String msgid() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
