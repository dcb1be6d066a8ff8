package chat.plenary.messaging.retention;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Command;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Lanes;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.organisation.Organisations;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recalls what an organisation keeps no longer, in the name of the organisation's own account: by
 * entries as any recall, so that whatever follows the log follows this too, and numbers stay. The
 * owner of a lane reads it from where it came to in the organisation's name (collection {@code
 * retention}, moved by compare-and-set), at most {@value #BATCH} entries a step and lane. The ref
 * of a recall derives from the message: of two nodes that believe it is their turn one recalls.
 */
public final class Retention {
  static final String COLLECTION = "retention";

  /** Entries that a step looks at, and messages that it recalls, of one lane at the most. */
  static final int BATCH = 100;

  private static final Logger LOGGER = LoggerFactory.getLogger(Retention.class);
  private static final Set<Fault.Code> GONE = EnumSet.of(Fault.Code.GONE, Fault.Code.NOT_FOUND);
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration BUSY = Duration.ofSeconds(1);

  private final Lanes log;
  private final Store store;
  private final Organisations organisations;
  private final Timers timers;
  private volatile boolean closed;

  /**
   * Of places, until when there is nothing to do: all that is not recalled there is younger. So a
   * round of lanes that rest reads nothing of them.
   */
  private final Map<String, Rest> resting = new ConcurrentHashMap<>();

  private record Rest(Instant until, int days) {}

  public Retention(Lanes log, Store store, Organisations organisations, Timers timers) {
    this.log = log;
    this.store = store;
    this.organisations = organisations;
    this.timers = timers;
  }

  /** Looks from now on: every minute, and every second while there is more to do. */
  public void start() {
    timers.after(BUSY, this::look);
  }

  /** Begins nothing more. */
  public void close() {
    closed = true;
  }

  private void look() {
    if (closed) {
      return;
    }
    round()
        .onComplete(
            done -> {
              if (done.failed() && !closed) {
                LOGGER.warn("recalling what is kept no longer failed: {}", done.cause().toString());
              }
              timers.after(
                  done.succeeded() && Boolean.TRUE.equals(done.result()) ? BUSY : IDLE, this::look);
            });
  }

  /** One step of each lane of this node; whether there is more to do. */
  Future<Boolean> round() {
    return organisations
        .keeping()
        .compose(
            keeping -> {
              Future<Boolean> more = Future.succeededFuture(false);
              for (int lane = 0; lane < Log.LANES; lane++) {
                if (!keeping.isEmpty() && log.owns(lane)) {
                  int index = lane;
                  more = more.compose(before -> lane(index, keeping).map(full -> before || full));
                }
              }
              return more;
            });
  }

  private Future<Boolean> lane(int lane, Map<OrganisationId, Integer> keeping) {
    Future<Boolean> more = Future.succeededFuture(false);
    for (Map.Entry<OrganisationId, Integer> one : keeping.entrySet()) {
      more =
          more.compose(
              before -> step(lane, one.getKey(), one.getValue()).map(full -> before || full));
    }
    return more;
  }

  /** Recalls what is too old among the next entries of a lane; whether there may be more. */
  private Future<Boolean> step(int lane, OrganisationId organisation, int days) {
    Instant now = timers.clock().instant();
    Duration kept = Duration.ofDays(days);
    Instant horizon = now.minus(kept);
    String id = organisation.value() + "/" + String.format("%02d", lane);
    Rest rest = resting.get(id);
    if (rest != null && rest.days() == days && now.isBefore(rest.until())) {
      return Future.succeededFuture(false);
    }
    return place(id)
        .compose(
            place ->
                log.readLane(lane, place, BATCH)
                    .compose(
                        entries -> {
                          List<Entry> old =
                              entries.stream().takeWhile(e -> e.at().isBefore(horizon)).toList();
                          if (old.isEmpty()) {
                            Instant next = entries.isEmpty() ? now : entries.get(0).at();
                            resting.put(id, new Rest(next.plus(kept), days));
                            return Future.succeededFuture(false);
                          }
                          return recall(organisation, old)
                              .compose(v -> move(id, place, old.get(old.size() - 1).n()))
                              .map(v -> old.size() == BATCH);
                        }));
  }

  private Future<Void> recall(OrganisationId organisation, List<Entry> entries) {
    Future<Void> done = Future.succeededFuture();
    for (Entry entry : entries) {
      if (entry.kind().equals(Kinds.POSTED)
          && entry.body() != null
          && !entry.conversation().isOrganisation()) {
        done = done.compose(v -> recall(organisation, entry));
      }
    }
    return done;
  }

  /** Gone already is as good; anything else comes again, since the place has not moved. */
  private Future<Void> recall(OrganisationId organisation, Entry entry) {
    return log.state(entry.conversation())
        .compose(
            state -> {
              if (closed) {
                return Future.failedFuture(new IllegalStateException("this node stops"));
              }
              if (!(state instanceof ConversationState conversation)
                  || !organisation.equals(conversation.organisation())) {
                return Future.succeededFuture();
              }
              return log.append(
                      new Command(
                          entry.conversation(),
                          AccountId.service(organisation),
                          new Ref("retention/" + entry.seq()),
                          Kinds.RECALLED,
                          1,
                          new BsonDocument("target", new BsonInt64(entry.seq())),
                          false,
                          UUID.randomUUID().toString()))
                  .compose(
                      outcome -> {
                        boolean gone =
                            outcome instanceof Outcome.Accepted
                                || (outcome instanceof Outcome.Refused refused
                                    && GONE.contains(refused.why().code()));
                        return gone
                            ? Future.succeededFuture()
                            : Future.failedFuture(
                                new IllegalStateException("a recall is open: " + outcome));
                      });
            });
  }

  private Future<Long> place(String id) {
    return store
        .get(COLLECTION, List.of(id))
        .compose(
            found ->
                found.isEmpty()
                    ? store
                        .insert(
                            COLLECTION,
                            List.of(
                                new BsonDocument("_id", new BsonString(id))
                                    .append("n", new BsonInt64(0))))
                        .map(0L)
                        .recover(
                            failure ->
                                StoreException.isDuplicate(failure)
                                    ? place(id)
                                    : Future.failedFuture(failure))
                    : Future.succeededFuture(Bson.number(found.get(0), "n", 0)));
  }

  /** Where another node has moved it meanwhile, that is its place. */
  private Future<Void> move(String id, long from, long to) {
    return store.update(COLLECTION, Update.of(id).expect("n", from).set("n", to)).mapEmpty();
  }
}
