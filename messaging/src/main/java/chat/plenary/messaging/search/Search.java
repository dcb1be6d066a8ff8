package chat.plenary.messaging.search;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.background.Workers;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.conversation.Inbox;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.MeetingId;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.message.History;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Finds what was said. Nothing is written when something is said: a conversation's log is cut into
 * segments of {@value Signatures#SIZE} entries, and whoever searches first makes the signatures of
 * those that are complete, which tell later searches where they need not look.
 */
public final class Search implements AutoCloseable {
  /** Hits that a page has, at the most. */
  public static final int MAX_HITS = 50;

  /** Conversations with hits that a page has, at the most. */
  public static final int MAX_CONVERSATIONS = 20;

  /** The purpose for which a secret of the database is asked. */
  public static final String SECRET = "search";

  private static final int THREADS = 2;
  private static final int AT_ONCE = 4;
  private static final int WAITING = 64;
  private static final int EACH = 4;

  private final Log log;
  private final Access access;
  private final History history;
  private final Inbox inbox;
  private final Timers timers;
  private final Signatures signatures;
  private final Costs costs;
  private final Workers workers =
      new Workers(
          "plenary-search",
          THREADS,
          2 * AT_ONCE,
          () -> Fault.of(Fault.Code.UNAVAILABLE, "Search is stopping."));
  private final Turns turns = new Turns(AT_ONCE, WAITING, EACH);

  /**
   * What one request may cost, at the most; then it ends, and says how far it came.
   *
   * @param entries entries that are read
   * @param signatures signatures that are read
   * @param millis milliseconds after which nothing more is begun
   */
  public record Costs(int entries, int signatures, long millis) {
    /** 16,384 entries, 4,096 signatures (of a million entries), 2 s. */
    public static Costs defaults() {
      return new Costs(16_384, 4_096, 2_000);
    }
  }

  /**
   * Opens the feature.
   *
   * @param secret a secret of the database, from which the key of signatures is taken; 16 bytes or
   *     more
   */
  public Search(
      Store store,
      Log log,
      Access access,
      History history,
      Inbox inbox,
      Timers timers,
      byte[] secret,
      Costs costs) {
    this.log = log;
    this.access = access;
    this.history = history;
    this.inbox = inbox;
    this.timers = timers;
    this.signatures = new Signatures(store, log, Arrays.copyOf(secret, 16));
    this.costs = costs;
  }

  /** What kinds of messages are searched. */
  public enum Of {
    /** All. */
    ALL,
    /** All but captions of meetings. */
    MESSAGES,
    /** Captions only. */
    CAPTIONS;

    boolean has(boolean caption) {
      return this == ALL || caption == (this == CAPTIONS);
    }
  }

  /**
   * To what a search is narrowed.
   *
   * @param from who said it: the sender, of a caption the speaker; null for all
   * @param since the earliest time at which it was posted, in milliseconds since 1970
   * @param until the time before which it was posted
   * @param meeting the meeting whose captions are searched; null for all
   */
  public record Narrowed(
      Of kinds, @Nullable AccountId from, long since, long until, @Nullable MeetingId meeting) {
    /** To nothing. */
    public static Narrowed none() {
      return new Narrowed(Of.ALL, null, Long.MIN_VALUE, Long.MAX_VALUE, null);
    }

    /** The same, of some kinds. */
    public Narrowed of(Of some) {
      return new Narrowed(some, from, since, until, meeting);
    }

    /**
     * Whether a body is of a kind that is looked for, and a caption of the meeting and the speaker.
     */
    boolean has(BsonDocument body) {
      boolean caption = MessageBody.isCaption(body);
      if (!kinds.has(caption)
          || (meeting != null && !meeting.value().equals(Bson.text(body, "meeting")))) {
        return false;
      }
      return !caption || from == null || isSpeaker(body, from);
    }

    private static boolean isSpeaker(BsonDocument body, AccountId from) {
      return body.get("speaker") instanceof BsonDocument speaker
          && from.value().equals(Bson.text(speaker, "account"));
    }

    /** Whether a message was posted by whom and when is looked for. */
    boolean posted(Entry entry) {
      long at = entry.at().toEpochMilli();
      boolean sender =
          from == null || MessageBody.isCaption(entry.body()) || entry.sender().equals(from);
      return sender && at >= since && at < until;
    }
  }

  /** What is asked for, as it was read. */
  record Asked(Wanted wanted, Narrowed narrowed) {}

  /**
   * A message that was found.
   *
   * @param entry as history shows it
   * @param excerpt where it was found
   * @param language of the translation in which it was found; null for the message itself
   */
  public record Hit(EntryView entry, Excerpt excerpt, @Nullable String language) {}

  /**
   * What was found in a conversation.
   *
   * @param hits newest first; an edited message where its edit stands
   * @param view the conversation and the membership by which access was judged
   * @param searched everything from this seq on was looked at
   * @param next where to go on, as {@code before}; 0 where there is no more
   */
  public record Found(List<Hit> hits, Access.View view, long searched, long next) {}

  /**
   * Searches one conversation.
   *
   * @param query 1 to {@value Wanted#MAX_LENGTH} characters, at most {@value Wanted#MAX_TERMS}
   *     words
   * @param before only what stands before this seq; 0 for no such bound
   * @param limit 1 to {@value #MAX_HITS}
   * @return fails as not found for whoever is no member; as invalid, naming {@code q}; as too many
   */
  public Future<Found> in(
      Caller caller,
      ConversationId conversation,
      String query,
      Narrowed narrowed,
      long before,
      int limit) {
    Asked asked = new Asked(Wanted.read(query), narrowed);
    // Who may not search does not wait.
    return access
        .view(caller, conversation)
        .compose(
            seen ->
                turns.take(
                    caller.account(),
                    () ->
                        access
                            .view(caller, conversation)
                            .compose(view -> seek(view, asked, before, limit, budget()))));
  }

  Future<Found> seek(Access.View view, Asked asked, long before, int limit, Budget budget) {
    long last = before > 0 ? Math.min(view.upTo(), before - 1) : view.upTo();
    return new Seeker(log, history, signatures, workers, view, asked, budget, limit).from(last);
  }

  /** One of many conversations; null where the caller is no member any more. */
  Future<@Nullable Found> one(
      Caller caller,
      ConversationId conversation,
      Asked asked,
      long before,
      int limit,
      Budget budget) {
    return access
        .view(caller, conversation)
        .compose(view -> seek(view, asked, before, limit, budget))
        .recover(
            failure ->
                failure instanceof Fault fault && fault.code() == Fault.Code.NOT_FOUND
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }

  private Budget budget() {
    return new Budget(costs, timers::elapsed);
  }

  /**
   * Searches all conversations of the caller, those with the newest entries first.
   *
   * @param after the {@code next} of the page before, or null
   * @param limit conversations with hits, 1 to {@value #MAX_CONVERSATIONS}
   * @return fails as invalid, naming {@code q} or {@code after}; as too many
   */
  public Future<Everywhere.Found> everywhere(
      Caller caller, String query, Of kinds, @Nullable String after, int limit) {
    Asked asked = new Asked(Wanted.read(query), Narrowed.none().of(kinds));
    Everywhere.Place place =
        after == null
            ? Everywhere.Place.beginning(timers.clock().millis())
            : Everywhere.Place.read(after);
    return turns.take(
        caller.account(),
        () -> new Everywhere(this, inbox, caller, asked, budget(), limit).from(place));
  }

  /** Drops what was made of entries that were recalled: the signatures of their segments. */
  public Future<Void> forget(ConversationId conversation, List<Long> seqs) {
    return signatures.forget(conversation, seqs);
  }

  @Override
  public void close() {
    workers.close();
  }
}
