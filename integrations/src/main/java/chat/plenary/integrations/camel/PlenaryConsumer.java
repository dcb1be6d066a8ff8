package chat.plenary.integrations.camel;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.ConversationJson;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.message.Targets;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultConsumer;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Makes an exchange of each entry of a group, in order, once per cluster and at least once; see
 * {@link PlenaryEndpoint}. Routes run on threads of the consumer's own, never on an event loop.
 */
public final class PlenaryConsumer extends DefaultConsumer {
  /** Exchange property: the seq of the entry that it was made of. */
  public static final String ENTRY = "plenaryEntry";

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /**
   * Room for dead letters that wait to be sent again, beside what the group has under way: an entry
   * that found no room would hold up the group.
   */
  private static final int REPLAYS = 1_000;

  private final PlenaryEndpoint endpoint;
  private final Following following;
  private final Sight sight;
  private @Nullable RouteThreads threads;
  private volatile @Nullable Walk walk;

  PlenaryConsumer(PlenaryEndpoint endpoint, Processor processor, Following following) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.following = following;
    this.sight = following.sight(endpoint.bot(), endpoint.conversation());
  }

  /** Whether it is this node's turn, as far as it knows. */
  public boolean holds() {
    Walk now = walk;
    return now != null && now.holds();
  }

  /** The entry up to which this node has settled everything; 0 where it has not been its turn. */
  public long settled() {
    Walk now = walk;
    return now == null ? 0 : now.settled();
  }

  /** Why it does not go on, or null. */
  public @Nullable String problem() {
    Walk now = walk;
    return now == null ? null : now.problem();
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    String name = name();
    int atOnce = endpoint.getInFlight();
    threads =
        new RouteThreads(
            endpoint.getCamelContext(), this, "plenary-" + name, atOnce, atOnce + REPLAYS);
    walk =
        following.begin(
            name,
            endpoint.conversation(),
            sight,
            endpoint.events(),
            this::take,
            new Walk.Settings(endpoint.getInFlight(), endpoint.isFromBeginning()),
            endpoint.isOwn(),
            endpoint.bot());
  }

  @Override
  protected void doStop() throws Exception {
    Walk now = walk;
    if (now != null) {
      following.end(endpoint.conversation(), now);
    }
    super.doStop();
  }

  @Override
  protected void doShutdown() throws Exception {
    RouteThreads ended = threads;
    if (ended != null) {
      ended.close();
    }
    super.doShutdown();
  }

  /** By what the place is known: it has to be the same after a restart. */
  private String name() {
    String given = endpoint.getName();
    if (given != null) {
      return given;
    }
    Route route = getRoute();
    if (route == null || !route.isCustomId()) {
      throw new IllegalArgumentException(
          "a route that begins with plenary: needs an id, or the option 'name': its place in the"
              + " group is kept by that");
    }
    return route.getRouteId();
  }

  /**
   * Sends one entry through the route again, as it stands now.
   *
   * @return the exchange when it is done; fails as gone where the entry was recalled
   */
  public Future<Exchange> again(long seq) {
    return sight.one(seq).compose(this::through);
  }

  private Future<Void> take(Sight.Seen seen) {
    return through(seen)
        .compose(
            exchange -> {
              Promise<Void> taken = Promise.promise();
              finished(exchange, taken);
              return taken.future();
            });
  }

  private Future<Exchange> through(Sight.Seen seen) {
    return Objects.requireNonNull(threads).process(() -> exchange(seen), getAsyncProcessor());
  }

  /**
   * What failed is kept elsewhere, and the group goes on; while it cannot be kept the group waits.
   * What failed because the route is being stopped is left for the next start.
   */
  private void finished(Exchange exchange, Promise<Void> taken) {
    Exception failure = exchange.getException();
    if (failure == null) {
      taken.tryComplete();
    } else if (!isRunAllowed()) {
      taken.tryFail(failure);
    } else {
      following
          .failures()
          .keep(exchange, failure)
          .onSuccess(kept -> taken.tryComplete())
          .onFailure(unkept -> following.timers().after(PAUSE, () -> finished(exchange, taken)));
    }
  }

  private Exchange exchange(Sight.Seen seen) {
    Exchange exchange = createExchange(false);
    EntryView view = seen.entry();
    Entry entry = view.entry();
    exchange.setExchangeId(exchangeId(entry));
    exchange.setProperty(ENTRY, entry.seq());
    Message message = exchange.getMessage();
    BsonDocument body = Objects.requireNonNull(entry.body());
    OrganisationId home = endpoint.bot().organisation();
    Event event = Objects.requireNonNull(Event.of(home, entry));
    BsonDocument said = Event.said(entry.kind(), body);
    message.setHeader(PlenaryHeaders.CONVERSATION, entry.conversation().value());
    message.setHeader(PlenaryHeaders.SEQ, entry.seq());
    message.setHeader(PlenaryHeaders.SENDER, entry.sender().value());
    if (seen.senderName() != null) {
      message.setHeader(PlenaryHeaders.SENDER_NAME, seen.senderName());
    }
    message.setHeader(PlenaryHeaders.KIND, entry.kind());
    message.setHeader(PlenaryHeaders.EVENT, event.text());
    message.setHeader(PlenaryHeaders.AT, ConversationJson.time(entry.at()));
    String type = Bson.text(said, "type");
    if (type != null) {
      message.setHeader(PlenaryHeaders.TYPE, type);
    }
    long target = Targets.of(entry);
    if (target > 0) {
      message.setHeader(PlenaryHeaders.OF, target);
    }
    String meeting = Event.meeting(home, entry);
    if (meeting != null) {
      message.setHeader(PlenaryHeaders.MEETING, meeting);
    }
    String text = Bson.text(said, "text");
    message.setBody(
        endpoint.getFormat() == PlenaryEndpoint.Format.text
            ? text == null ? "" : text
            : EntryView.of(entry).toJson().encode());
    return exchange;
  }

  /** The same for the same entry and consumer, always; at most 52 characters. */
  private String exchangeId(Entry entry) {
    CRC32C sum = new CRC32C();
    sum.update(name().getBytes(StandardCharsets.UTF_8));
    return String.format("%s-%d-%08x", entry.conversation().value(), entry.seq(), sum.getValue());
  }
}
