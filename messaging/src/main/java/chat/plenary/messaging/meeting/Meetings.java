package chat.plenary.messaging.meeting;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.delivery.Signals;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.MeetingId;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.message.Messages;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Meetings of groups: calling, changing and ending them, and letting members in. */
public final class Meetings {
  /** Meetings of a conversation that are to come or go on, at the most. */
  public static final int MOST_OPEN = 50;

  private final Providers providers;
  private final MeetingRows rows;
  private final Access access;
  private final MeetingAccounts accounts;
  private final Seeing seeing;
  private final Making making;
  private final Changing changing;
  private final MeetingCards cards;
  private final Rsvps rsvps;
  private final MeetingViews views;
  private final MeetingPages pages;
  private final Tidings tidings;
  private final MeetingUpkeep upkeep;
  private final Happenings happenings;
  private final Timers timers;

  public Meetings(
      Log log,
      Store store,
      Access access,
      Messages messages,
      Signals signals,
      Timers timers,
      MeetingSettings settings) {
    this.timers = timers;
    this.access = access;
    this.providers = new Providers(settings);
    this.rows = new MeetingRows(store, timers.clock(), settings.reminder());
    this.accounts = new MeetingAccounts(log);
    this.seeing = new Seeing(rows, access);
    this.making = new Making(providers, rows, timers.clock(), settings.reminder());
    this.changing = new Changing(providers, rows, timers.clock(), settings.reminder());
    this.cards = new MeetingCards(messages, rows);
    this.rsvps = new Rsvps(store, rows);
    People people = new People(store, rows);
    this.tidings = new Tidings(signals, timers, people::tally);
    Aftermaths aftermaths =
        new Aftermaths(providers, rows, cards, accounts, people, timers.clock());
    this.upkeep =
        new MeetingUpkeep(rows, making, changing, cards, aftermaths, tidings, settings, timers);
    this.happenings =
        new Happenings(rows, people, accounts, tidings, upkeep::follow, timers.clock());
    this.views = new MeetingViews(rsvps, happenings::hearing);
    this.pages =
        new MeetingPages(rows, access, seeing, views, rsvps, people, accounts, timers.clock());
  }

  /** Creates what meetings are kept in. */
  public static Future<Void> prepare(Store store) {
    List<Index> all =
        Stream.of(MeetingRows.indexes(), Rsvps.indexes(), People.indexes())
            .flatMap(List::stream)
            .toList();
    return Future.join(all.stream().map(store::index).toList()).mapEmpty();
  }

  /**
   * Looks once after what is due: reminders, what time brings, what was left half done. Nothing
   * here asks for it: whoever wires a node has it called every few seconds from when the log has
   * started. What is more than 100 meetings waits for the next time. Two nodes that look at once do
   * everything once; on one node, whoever asks while a look is under way gets that one.
   *
   * @return fails where it cannot be read what is due; a single meeting that fails does not, it is
   *     tried again later
   */
  public Future<Void> look() {
    return upkeep.look();
  }

  /** How long ago a look last ended well; before the first, how long ago this was opened. */
  public Duration sinceLooked() {
    return upkeep.sinceLooked();
  }

  /** Looks after meetings no more. */
  public void close() {
    upkeep.close();
  }

  /** Who is told what is said; to be called before the first look. */
  public void hear(Hearing hearing) {
    happenings.hearing(hearing);
  }

  /** Where providers tell what happens. */
  public MeetingEvents events() {
    return happenings;
  }

  /** Reading meetings. */
  public MeetingPages pages() {
    return pages;
  }

  // ---- for features that build on meetings

  /** A meeting as it stands, whoever asks; empty where there is none. */
  public Future<Optional<Meeting>> find(String id) {
    return MeetingId.isValid(id)
        ? rows.find(id).map(found -> found.map(MeetingRow::meeting))
        : Future.succeededFuture(Optional.empty());
  }

  /**
   * A meeting to a present member of its group.
   *
   * @param meeting the meeting
   * @param view the group and the membership by which access was judged
   * @param directs whether the caller may change it: its organiser, or who administers the group
   */
  public record Visible(Meeting meeting, Access.View view, boolean directs) {}

  /** A meeting that the caller may see; fails as not found for whoever is no member now. */
  public Future<Visible> see(Caller caller, String id) {
    return seeing
        .see(caller, id)
        .map(seen -> new Visible(seen.row().meeting(), seen.view(), seen.directs()));
  }

  /** Tells the group's sessions that something about a meeting changed; at most once a second. */
  public Future<Void> changed(String id) {
    return rows.find(id)
        .map(
            found -> {
              found.ifPresent(tidings::tell);
              return null;
            });
  }

  // ---- calling

  /** Who may hold a meeting of a conversation, in the form of the protocol. */
  public Future<JsonObject> providers(Caller caller, ConversationId conversation) {
    return access
        .view(caller, conversation)
        .map(
            view -> {
              JsonArray all = new JsonArray();
              providers.all().forEach(provider -> all.add(json(provider)));
              return new JsonObject()
                  .put("providers", all)
                  .put("default", providers.standard(caller.organisation()));
            });
  }

  private static JsonObject json(MeetingProvider provider) {
    List<String> can =
        provider.capabilities().stream()
            .sorted()
            .map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList();
    return new JsonObject()
        .put("name", provider.name())
        .put("title", provider.title())
        .put("simulated", provider.simulated())
        .put("capabilities", new JsonArray(can));
  }

  /**
   * Calls a meeting, or finds that it was called before. It is answered when the provider has made
   * it, or has not.
   *
   * @return {@code {"meeting", "seq"}}; fails as conflict where the ref was used for another one
   */
  public Future<JsonObject> call(Caller caller, ConversationId conversation, NewMeeting wanted) {
    MeetingId id =
        MeetingId.of(caller.organisation(), conversation, caller.account(), wanted.ref());
    return access
        .view(caller, conversation)
        .compose(
            view ->
                rows.find(id.value())
                    .compose(
                        known ->
                            known
                                .map(Future::succeededFuture)
                                .orElseGet(() -> insert(caller, view, id, wanted))))
        .compose(
            row -> {
              if (!Making.same(row, wanted)) {
                throw Fault.of(
                    Fault.Code.CONFLICT, "ref", "This ref was used for another meeting.");
              }
              return making.make(row);
            })
        .compose(this::shown)
        .map(
            row ->
                new JsonObject()
                    .put("meeting", MeetingBody.json(row))
                    .put("seq", row.seq() == 0 ? null : row.seq()));
  }

  private Future<MeetingRow> insert(
      Caller caller, Access.View view, MeetingId id, NewMeeting wanted) {
    MeetingProvider provider = providers.choose(caller.organisation(), wanted.provider());
    ConversationId conversation = view.state().id();
    return rows.of(conversation, true, null, MOST_OPEN)
        .compose(
            open -> {
              if (open.size() >= MOST_OPEN) {
                throw Fault.of(
                    Fault.Code.CONFLICT,
                    "A group has at most " + MOST_OPEN + " meetings to come: cancel one.");
              }
              return accounts.of(caller.organisation(), caller.account());
            })
        .compose(
            account -> {
              MeetingPlan plan =
                  Making.plan(
                      id,
                      wanted,
                      Making.title(wanted.title(), view.state().name()),
                      new Making.Organiser(caller.account(), account.map(Account::name).orElse("")),
                      timers.clock().instant());
              MeetingRow row =
                  making.row(
                      plan,
                      new Making.Origin(caller.organisation().value(), conversation),
                      wanted,
                      provider);
              if (!row.series().begins()) {
                throw Fault.invalid("start", "A series of weekdays begins on one.");
              }
              return rows.insert(row);
            });
  }

  /** Brings the card up to a row; should that fail, the upkeep does it. */
  private Future<MeetingRow> shown(MeetingRow row) {
    tidings.tell(row);
    return cards.show(row).recover(failure -> Future.succeededFuture(row));
  }

  // ---- changing

  /** Changes a meeting; for its organiser and the group's owner. */
  public Future<JsonObject> change(Caller caller, String id, MeetingChange wanted) {
    return directed(caller, id, row -> changing.change(row, wanted));
  }

  /** Cancels a meeting that has not begun; for its organiser and the group's owner. */
  public Future<JsonObject> cancel(Caller caller, String id) {
    return directed(caller, id, changing::cancel);
  }

  /** Ends what goes on; for its organiser and the group's owner. */
  public Future<JsonObject> end(Caller caller, String id) {
    return directed(caller, id, changing::end);
  }

  /** Has one that failed tried again; for its organiser and the group's owner. */
  public Future<JsonObject> retry(Caller caller, String id) {
    return directed(caller, id, making::retry);
  }

  private Future<JsonObject> directed(
      Caller caller, String id, Function<MeetingRow, Future<MeetingRow>> what) {
    return seeing
        .direct(caller, id)
        .compose(
            seen ->
                what.apply(seen.row())
                    .compose(this::shown)
                    .compose(row -> views.of(seen.with(row))));
  }

  // ---- members

  /**
   * Tells whether the caller comes, in place of what they told before.
   *
   * @param answer {@code yes}, {@code no} or {@code maybe}
   * @return {@code {"yes", "no", "maybe", "mine"}}
   */
  public Future<JsonObject> rsvp(Caller caller, String id, String answer) {
    Rsvps.Answer mine = MeetingPages.answer("answer", answer);
    return seeing
        .see(caller, id)
        .compose(
            seen -> {
              switch (seen.row().state()) {
                case ENDED, CANCELLED ->
                    throw Fault.of(Fault.Code.GONE, "Nothing more is to come of this meeting.");
                case MAKING, SCHEDULED, LIVE, FAILED -> {}
              }
              return rsvps.answer(seen.row(), seen.view().state(), caller.account(), mine);
            })
        .map(
            row -> {
              tidings.tell(row);
              return MeetingViews.counts(row).put("mine", mine.text());
            });
  }

  /**
   * The link by which the caller gets in: their own, made now and kept nowhere. Whether they are a
   * member is judged before it is made, and again before it is given.
   */
  public Future<Entrance> join(Caller caller, String id) {
    return seeing
        .see(caller, id)
        .compose(
            seen ->
                guest(seen)
                    .compose(guest -> link(seen.row(), guest))
                    .compose(link -> seeing.see(caller, id).map(still -> link)));
  }

  private Future<Guest> guest(Seeing.Seen seen) {
    Caller caller = seen.caller();
    return accounts
        .of(caller.organisation(), caller.account())
        .map(
            found -> {
              Account account = found.orElseThrow(() -> Fault.notFound("meeting"));
              return new Guest(
                  account.id(), account.userid(), account.name(), seen.directs(), null);
            });
  }

  private Future<Entrance> link(MeetingRow row, Guest guest) {
    Room room = row.room();
    return switch (row.state()) {
      case CANCELLED -> gone("This meeting was cancelled.");
      case ENDED -> gone("This meeting is over.");
      case MAKING ->
          Future.failedFuture(
              Fault.of(Fault.Code.UNAVAILABLE, "This meeting is being made: try again."));
      case FAILED -> gone(problem(row.problem()));
      case SCHEDULED, LIVE ->
          room == null
              ? gone("This meeting was never made.")
              : providers.call(row.provider(), provider -> entrance(provider, room, row, guest));
    };
  }

  private Future<Entrance> entrance(
      MeetingProvider provider, Room room, MeetingRow row, Guest guest) {
    Duration lasts = provider.linkLasts();
    Instant expires = lasts == null ? null : timers.clock().instant().plus(lasts);
    return provider.link(room, row.plan(), guest).map(url -> new Entrance(url, expires));
  }

  private static String problem(@Nullable String problem) {
    return problem == null ? "This meeting was not made." : problem;
  }

  private static Future<Entrance> gone(String why) {
    return Future.failedFuture(Fault.of(Fault.Code.GONE, why));
  }
}
