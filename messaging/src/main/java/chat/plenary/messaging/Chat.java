package chat.plenary.messaging;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Accounts;
import chat.plenary.messaging.cluster.Bus;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.conversation.ConversationMachine;
import chat.plenary.messaging.conversation.Conversations;
import chat.plenary.messaging.conversation.Departures;
import chat.plenary.messaging.conversation.Inbox;
import chat.plenary.messaging.conversation.Limits;
import chat.plenary.messaging.conversation.Marks;
import chat.plenary.messaging.conversation.Positions;
import chat.plenary.messaging.conversation.Projection;
import chat.plenary.messaging.delivery.Delivery;
import chat.plenary.messaging.delivery.Signals;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.log.Lanes;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.meeting.MeetingEvents;
import chat.plenary.messaging.meeting.Meetings;
import chat.plenary.messaging.message.Cards;
import chat.plenary.messaging.message.History;
import chat.plenary.messaging.message.Messages;
import chat.plenary.messaging.organisation.OrganisationMachine;
import chat.plenary.messaging.organisation.OrganisationState;
import chat.plenary.messaging.organisation.Organisations;
import chat.plenary.messaging.retention.Retention;
import chat.plenary.messaging.search.Search;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.sync.Sync;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;

/**
 * Opens the features of messaging and wires them, each by its constructor, in the order in which
 * they need each other.
 */
public final class Chat {
  private static final Duration FORGET = Duration.ofSeconds(5);

  private final Timers timers;
  private final Lanes log;
  private final Accounts accounts;
  private final Organisations organisations;
  private final Access access;
  private final Conversations conversations;
  private final Positions positions;
  private final Inbox inbox;
  private final Messages messages;
  private final History history;
  private final Cards cards;
  private final Search search;
  private final Signals signals;
  private final Sync sync;
  private final Delivery delivery;
  private final Meetings meetings;
  private final Retention retention;
  private volatile boolean closed;

  private Chat(
      Store store, Bus bus, Timers timers, Lanes log, Accounts accounts, Features features) {
    this.timers = timers;
    this.log = log;
    this.accounts = accounts;
    this.organisations = Organisations.open(store, log, accounts, timers.clock());
    this.access = new Access(log);
    this.conversations = new Conversations(log, access, this::present);
    this.positions = new Positions(log, store, access, bus, timers);
    this.inbox = new Inbox(log, store, access, positions);
    this.messages = new Messages(log, positions);
    this.history = new History(log, access, new Marks(log, store));
    this.cards = new Cards(history);
    this.search =
        new Search(
            store,
            log,
            access,
            history,
            inbox,
            timers,
            log.secret(Search.SECRET),
            Search.Costs.defaults());
    this.signals = new Signals(bus);
    this.sync = new Sync(log, inbox, history);
    this.delivery =
        new Delivery(log, access, sync, positions, accounts.revocations(), signals, bus, timers);
    this.meetings =
        new Meetings(log, store, access, messages, signals, timers, features.meetings());
    this.retention = new Retention(log, store, organisations, timers);
    log.listen(inbox.listener());
    log.listen(delivery.listener());
    log.listen(new Projection(store, search::forget));
    log.listen(new Departures(log, inbox, Organisations::removed));
  }

  /**
   * What the features are limited to; all nodes of a cluster must agree.
   *
   * @param conversations of groups and messages
   * @param accounts of signing in
   * @param issuer the claim {@code iss} of access tokens
   * @param statesInMemory conversations that a node keeps in memory at the most
   */
  public record Options(
      Limits conversations,
      chat.plenary.messaging.account.Limits accounts,
      String issuer,
      int statesInMemory) {
    /** The defaults of all, 10,000 conversations in memory. */
    public static Options defaults() {
      return new Options(
          Limits.defaults(), chat.plenary.messaging.account.Limits.DEFAULTS, "plenary", 10_000);
    }
  }

  /**
   * Opens messaging over a store: creates indexes, and wires the features. Whoever adds listeners
   * of their own does so before {@link #start}.
   *
   * @param threads of each lane the thread on which its work happens
   */
  public static Future<Chat> open(
      Store store, Bus bus, Timers timers, IntFunction<Executor> threads, Options options) {
    return open(store, bus, timers, threads, options, Features.none());
  }

  /**
   * The same with what a node brings along from other modules.
   *
   * @param features services for meetings and the like
   */
  public static Future<Chat> open(
      Store store,
      Bus bus,
      Timers timers,
      IntFunction<Executor> threads,
      Options options,
      Features features) {
    Machines machines =
        new Machines(
            new ConversationMachine(store, timers.clock(), options.conversations()),
            new OrganisationMachine(store, timers.clock()));
    return Projection.prepare(store)
        .compose(v -> Meetings.prepare(store))
        .compose(v -> Lanes.open(store, bus, timers, machines, threads, options.statesInMemory()))
        .compose(
            log ->
                Accounts.open(store, log, options.accounts(), options.issuer(), timers.clock())
                    .map(accounts -> new Chat(store, bus, timers, log, accounts, features)));
  }

  /** Starts to follow the log; when it succeeds, this node may serve. */
  public Future<Void> start() {
    return log.start()
        .compose(v -> log.places(Projection.NAME))
        .compose(inbox::warm)
        .map(
            v -> {
              positions.start();
              delivery.start();
              retention.start();
              forget();
              return null;
            });
  }

  /** Writes what is pending and stops. */
  public Future<Void> close() {
    closed = true;
    search.close();
    retention.close();
    meetings.close();
    delivery.close();
    return positions.close().eventually(log::close).onComplete(done -> accounts.close());
  }

  private void forget() {
    if (!closed) {
      timers.after(
          FORGET,
          () -> log.places(Projection.NAME).onSuccess(inbox::forget).onComplete(done -> forget()));
    }
  }

  /** Those of some accounts who are members of an organisation, and not disabled. */
  private Future<Set<AccountId>> present(
      OrganisationId organisation, Collection<AccountId> wanted) {
    return log.state(ConversationId.of(organisation))
        .map(
            state -> {
              Set<AccountId> found = new HashSet<>();
              for (AccountId id : wanted) {
                Account account = ((OrganisationState) state).account(id);
                if (account != null && !account.disabled()) {
                  found.add(id);
                }
              }
              return found;
            });
  }

  /** The clock by which this node lives. */
  public Clock clock() {
    return timers.clock();
  }

  public Lanes log() {
    return log;
  }

  public Accounts accounts() {
    return accounts;
  }

  public Organisations organisations() {
    return organisations;
  }

  public Access access() {
    return access;
  }

  public Conversations conversations() {
    return conversations;
  }

  public Positions positions() {
    return positions;
  }

  public Inbox inbox() {
    return inbox;
  }

  public Messages messages() {
    return messages;
  }

  public History history() {
    return history;
  }

  public Cards cards() {
    return cards;
  }

  /** Finds what was said. */
  public Search search() {
    return search;
  }

  /** Everything that changed since a cursor. */
  public Sync sync() {
    return sync;
  }

  /** The live sessions of this node. */
  public Delivery delivery() {
    return delivery;
  }

  /** Meetings of groups. */
  public Meetings meetings() {
    return meetings;
  }

  /** Where meeting providers tell what happens. */
  public MeetingEvents meetingEvents() {
    return meetings.events();
  }

  /** What is told to live sessions without being an entry. */
  public Signals signals() {
    return signals;
  }
}
