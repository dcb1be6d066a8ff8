package chat.plenary.messaging.meeting;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.ConversationJson;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;

/**
 * What is left of a meeting: its provider is asked some minutes after it is over and whenever it
 * says that something is ready. Links to recordings and transcripts are kept in the row first, and
 * then told to the group, once an occurrence.
 */
final class Aftermaths {
  /** How long after the end the provider is asked first. */
  static final Duration FIRST = Duration.ofMinutes(1);

  private static final List<Duration> AGAIN =
      List.of(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(6));
  private static final Set<MeetingProvider.Capability> WORTH =
      Set.of(
          MeetingProvider.Capability.PARTICIPANTS,
          MeetingProvider.Capability.RECORDINGS,
          MeetingProvider.Capability.TRANSCRIPTS);
  private static final int MOST_LINKS = 50;
  private static final int MOST_PEOPLE = 10_000;
  private static final int MOST_TEXT = 7_000;

  private final Providers providers;
  private final MeetingRows rows;
  private final MeetingCards cards;
  private final MeetingAccounts accounts;
  private final People people;
  private final Clock clock;

  Aftermaths(
      Providers providers,
      MeetingRows rows,
      MeetingCards cards,
      MeetingAccounts accounts,
      People people,
      Clock clock) {
    this.providers = providers;
    this.rows = rows;
    this.cards = cards;
    this.accounts = accounts;
    this.people = people;
    this.clock = clock;
  }

  /** Whether links of the last occurrence are known that the group was not told of. */
  static boolean untold(MeetingRow row) {
    return row.has("lk") && row.number("lp") < row.number("ao");
  }

  /** Does what is due. */
  Future<MeetingRow> tend(MeetingRow row) {
    if (untold(row)) {
      return tell(row);
    }
    Instant due = row.when("af");
    Room room = row.room();
    if (due == null || due.isAfter(clock.instant())) {
      return Future.succeededFuture(row);
    }
    // What is ready before the end was told is asked for after it.
    boolean worth =
        row.has("ao") && WORTH.stream().anyMatch(one -> providers.can(row.provider(), one));
    return rows.change(row.id(), now -> due.equals(now.when("af")) ? asking(now, worth) : now)
        .compose(
            claimed ->
                claimed.any() && worth && room != null
                    ? ask(claimed.after(), room)
                    : Future.succeededFuture(claimed.after()));
  }

  private MeetingRow asking(MeetingRow row, boolean worth) {
    int asked = (int) row.number("afn");
    return worth && asked < AGAIN.size()
        ? row.with("afn", asked + 1L).with("af", clock.instant().plus(AGAIN.get(asked)))
        : row.without("af", "afn");
  }

  private Future<MeetingRow> ask(MeetingRow row, Room room) {
    int occurrence = (int) row.number("ao");
    return providers
        .call(row.provider(), provider -> provider.after(room))
        .compose(
            after ->
                attended(row, occurrence, after)
                    .compose(v -> rows.change(row.id(), now -> kept(now, occurrence, after))))
        .compose(
            kept ->
                untold(kept.after()) ? tell(kept.after()) : Future.succeededFuture(kept.after()));
  }

  private Future<Void> attended(MeetingRow row, int occurrence, Aftermath after) {
    Future<Void> done = Future.succeededFuture();
    int most = Math.min(MOST_PEOPLE, after.attendance().size());
    for (Aftermath.Attendance one : after.attendance().subList(0, most)) {
      done =
          done.compose(v -> accounts.of(row.organisation(), one.participant()))
              .compose(
                  account ->
                      people.record(
                          row,
                          occurrence,
                          one.participant(),
                          account.orElse(null),
                          one.joined(),
                          one.left()));
    }
    return done;
  }

  /** Links are kept once they are there; then nothing more is asked until something is ready. */
  private static MeetingRow kept(MeetingRow row, int occurrence, Aftermath after) {
    if (after.links().isEmpty() || row.number("ao") != occurrence) {
      return row;
    }
    BsonArray links = new BsonArray();
    for (Aftermath.Link link : after.links()) {
      if (links.size() < MOST_LINKS && web(link)) {
        links.add(Bson.document(json(link)));
      }
    }
    return links.isEmpty() || links.equals(row.document().get("lk"))
        ? row
        : row.with("lk", links).without("af", "afn");
  }

  private static boolean web(Aftermath.Link link) {
    String scheme = String.valueOf(link.url().getScheme()).toLowerCase(Locale.ROOT);
    return scheme.equals("https") || scheme.equals("http");
  }

  private static JsonObject json(Aftermath.Link link) {
    Instant expires = link.expires();
    return new JsonObject()
        .put("kind", link.kind())
        .put("title", link.title())
        .put("url", link.url().toString())
        .put("expires", expires == null ? null : ConversationJson.time(expires));
  }

  private Future<MeetingRow> tell(MeetingRow row) {
    long occurrence = row.number("ao");
    return cards
        .remark(row, "aftermath/" + row.id() + "/" + occurrence, text(row))
        .compose(
            v ->
                rows.change(
                    row.id(),
                    now -> now.number("lp") >= occurrence ? now : now.with("lp", occurrence)))
        .map(MeetingRows.Changed::after);
  }

  private static String text(MeetingRow row) {
    StringBuilder text = new StringBuilder(row.title()).append(" is over.");
    for (Object one : links(row)) {
      JsonObject link = (JsonObject) one;
      String line = "\n" + link.getString("title") + ": " + link.getString("url");
      if (text.length() + line.length() > MOST_TEXT) {
        return text.append("\nMore is in the meeting's record.").toString();
      }
      text.append(line);
    }
    return text.toString();
  }

  /** The links of the last occurrence, in the form of the protocol. */
  static JsonArray links(MeetingRow row) {
    JsonArray links = new JsonArray();
    if (row.document().get("lk") instanceof BsonArray kept) {
      kept.forEach(link -> links.add(Bson.json((BsonDocument) link)));
    }
    return links;
  }
}
