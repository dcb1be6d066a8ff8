package chat.plenary.messaging.meeting;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.ConversationJson;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A meeting as one member sees it, in the form of the protocol. */
final class MeetingViews {
  private final Rsvps rsvps;
  private final Supplier<Hearing> hearing;

  MeetingViews(Rsvps rsvps, Supplier<Hearing> hearing) {
    this.rsvps = rsvps;
    this.hearing = hearing;
  }

  Future<JsonObject> of(Seeing.Seen seen) {
    return of(seen.caller(), List.of(seen)).map(views -> views.get(0));
  }

  Future<List<JsonObject>> of(Caller caller, List<Seeing.Seen> all) {
    List<JsonObject> views = new ArrayList<>();
    return rsvps
        .of(caller.account(), all.stream().map(seen -> seen.row().id()).toList())
        .compose(
            mine -> {
              Future<Void> done = Future.succeededFuture();
              for (Seeing.Seen seen : all) {
                done =
                    done.compose(v -> interprets(seen))
                        .map(
                            languages -> {
                              views.add(view(seen, mine, languages));
                              return null;
                            });
              }
              return done;
            })
        .map(v -> views);
  }

  private Future<List<String>> interprets(Seeing.Seen seen) {
    return hearing.get().interprets(seen.row().meeting(), seen.caller().account());
  }

  private static JsonObject view(
      Seeing.Seen seen, Map<String, String> mine, List<String> interprets) {
    MeetingRow row = seen.row();
    boolean directs = seen.directs();
    return MeetingBody.json(row)
        .put("conversation", row.conversation().value())
        .put("seq", row.seq() == 0 ? null : row.seq())
        .put("rsvp", counts(row).put("mine", mine.get(row.id())))
        .put("live", live(row))
        .put(
            "may",
            new JsonObject()
                .put(
                    "change",
                    directs
                        && row.state() != MeetingState.ENDED
                        && row.state() != MeetingState.CANCELLED)
                .put("retry", directs && row.state() == MeetingState.FAILED)
                .put("interpret", new JsonArray(interprets))
                .put("attendance", directs))
        .put("after", after(row))
        .put(
            "occurrence",
            new JsonObject()
                .put("start", ConversationJson.time(row.start()))
                .put("end", ConversationJson.time(row.end()))
                .put("number", row.occurrence())
                .put("of", row.count()));
  }

  /** How many of the present members come. */
  static JsonObject counts(MeetingRow row) {
    return new JsonObject()
        .put("yes", row.number("yes"))
        .put("no", row.number("no"))
        .put("maybe", row.number("maybe"));
  }

  private static JsonObject live(MeetingRow row) {
    boolean live = row.state() == MeetingState.LIVE;
    return new JsonObject()
        .put("count", live ? row.number("lc") : 0)
        .put("accounts", new JsonArray(live ? Bson.strings(row.document(), "lacc") : List.of()))
        .put("guests", live ? row.number("lgu") : 0);
  }

  private static @Nullable JsonObject after(MeetingRow row) {
    return row.has("ao")
        ? new JsonObject()
            .put("seconds", Math.max(0, row.number("as")))
            .put("links", Aftermaths.links(row))
        : null;
  }
}
