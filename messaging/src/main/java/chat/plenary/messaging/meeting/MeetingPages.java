package chat.plenary.messaging.meeting;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.conversation.ConversationJson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reading meetings: lists, one, who comes, who came, and the invitation for calendars. */
public final class MeetingPages {
  /** Meetings of a page, at the most. */
  public static final int MAX_PAGE = 100;

  /** Accounts of a page, at the most. */
  public static final int MAX_ACCOUNTS = 200;

  private static final Pattern PLACE = Pattern.compile("[01]/[0-9a-f]{16}/m[A-Za-z0-9_-]{22}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final MeetingRows rows;
  private final Access access;
  private final Seeing seeing;
  private final MeetingViews views;
  private final Rsvps rsvps;
  private final People people;
  private final MeetingAccounts accounts;
  private final Clock clock;

  MeetingPages(
      MeetingRows rows,
      Access access,
      Seeing seeing,
      MeetingViews views,
      Rsvps rsvps,
      People people,
      MeetingAccounts accounts,
      Clock clock) {
    this.rows = rows;
    this.access = access;
    this.seeing = seeing;
    this.views = views;
    this.rsvps = rsvps;
    this.people = people;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** A meeting as the caller sees it. */
  public Future<JsonObject> view(Caller caller, String id) {
    return seeing.see(caller, id).compose(views::of);
  }

  /**
   * Meetings of a conversation: those to come or going on, the next first; or the others, the last
   * first.
   *
   * @param after the {@code next} of the page before, or null
   * @param limit 1 to 100
   */
  public Future<JsonObject> of(
      Caller caller, ConversationId conversation, boolean past, @Nullable String after, int limit) {
    place(after, !past);
    return access
        .view(caller, conversation)
        .compose(
            view ->
                rows.of(conversation, !past, after, limit + 1)
                    .compose(
                        found -> {
                          List<Seeing.Seen> seen =
                              found.stream()
                                  .limit(limit)
                                  .map(row -> new Seeing.Seen(row, view, caller))
                                  .toList();
                          String next =
                              found.size() > limit ? seen.get(limit - 1).row().text("q") : null;
                          return page(caller, seen, next);
                        }));
  }

  /**
   * Meetings of some conversations: those to come or going on, the next first; or the others, the
   * last first. Those of conversations that the caller is no member of now are left out. A page is
   * short only at the end.
   *
   * @param conversations usually all of the caller's
   * @param after the {@code next} of the page before, or null
   * @param limit 1 to 100
   */
  public Future<JsonObject> of(
      Caller caller,
      Collection<ConversationId> conversations,
      boolean past,
      @Nullable String after,
      int limit) {
    place(after, !past);
    return new Across(rows, access, caller, !past, after, limit)
        .of(conversations)
        .compose(page -> page(caller, page.meetings(), page.next()));
  }

  private Future<JsonObject> page(Caller caller, List<Seeing.Seen> seen, @Nullable String next) {
    return views
        .of(caller, seen)
        .map(all -> new JsonObject().put("meetings", new JsonArray(all)).put("next", next));
  }

  private static void place(@Nullable String after, boolean open) {
    if (after != null
        && !(PLACE.matcher(after).matches() && after.charAt(0) == (open ? '1' : '0'))) {
      throw Fault.invalid("after", "This must be the next of the page before.");
    }
  }

  private static void name(@Nullable String after) {
    if (after != null && !NAME.matcher(after).matches()) {
      throw Fault.invalid("after", "This must be the next of the page before.");
    }
  }

  /**
   * The members who gave an answer, in order of their ids.
   *
   * @param answer {@code yes}, {@code no} or {@code maybe}
   * @param limit 1 to 200
   */
  public Future<JsonObject> rsvps(
      Caller caller, String id, String answer, @Nullable String after, int limit) {
    name(after);
    Rsvps.Answer wanted = answer("answer", answer);
    return seeing
        .see(caller, id)
        .compose(seen -> rsvps.page(id, seen.view().state(), wanted, after, limit))
        .map(
            page -> {
              JsonArray found = new JsonArray();
              page.accounts().forEach(account -> found.add(account.value()));
              return new JsonObject().put("accounts", found).put("next", page.next());
            });
  }

  static Rsvps.Answer answer(String field, String text) {
    try {
      return Rsvps.Answer.of(text);
    } catch (IllegalArgumentException e) {
      throw Fault.invalid(field, "This must be yes, no or maybe.");
    }
  }

  /**
   * Who took part in an occurrence, to its organiser and the group's owner.
   *
   * @param occurrence its number; 0 for the one that goes on, or was held last
   * @param limit 1 to 200
   */
  public Future<JsonObject> attendance(
      Caller caller, String id, int occurrence, @Nullable String after, int limit) {
    name(after);
    return seeing
        .direct(caller, id)
        .compose(
            seen -> {
              MeetingRow row = seen.row();
              int held = row.has("eno") ? (int) row.number("eno") : row.occurrence();
              int last = row.state() == MeetingState.LIVE ? row.occurrence() : held;
              return people.page(id, occurrence == 0 ? last : occurrence, after, limit);
            })
        .map(
            page -> {
              JsonArray found = new JsonArray();
              page.people().forEach(one -> found.add(json(one)));
              return new JsonObject().put("attendance", found).put("next", page.next());
            });
  }

  private static JsonObject json(People.Presence one) {
    return new JsonObject()
        .put("account", one.account() == null ? null : one.account().value())
        .put("name", one.name())
        .put("joined", time(one.joined()))
        .put("left", time(one.left()));
  }

  private static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : ConversationJson.time(at);
  }

  /** The invitation, or the cancellation, for the caller's calendar (RFC 5545). */
  public Future<String> invitation(Caller caller, String id) {
    return seeing
        .see(caller, id)
        .compose(
            seen -> {
              MeetingRow row = seen.row();
              return accounts
                  .of(caller.organisation(), caller.account())
                  .compose(
                      account ->
                          rsvps
                              .of(caller.account(), List.of(id))
                              .map(
                                  mine ->
                                      new Invitation(
                                              row,
                                              caller.account(),
                                              account.map(one -> one.name()).orElse(""),
                                              mine.get(id))
                                          .text(clock.instant())));
            });
  }
}
