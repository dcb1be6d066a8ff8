package chat.plenary.messaging.meeting;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.message.Messages;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.bson.BsonDocument;

/**
 * Puts meetings into their groups: the card, what becomes of it, and remarks. Whoever does it, and
 * however often, each stands once: every entry has a ref that derives from the row, and what the
 * card says first is kept in the row before it is posted. Edits are numbered by steps; of two that
 * want the same step with another text the log takes one, and the other looks again.
 */
final class MeetingCards {
  private static final int MOST_STEPS = 20;

  private final Messages messages;
  private final MeetingRows rows;

  MeetingCards(Messages messages, MeetingRows rows) {
    this.messages = messages;
    this.rows = rows;
  }

  /** Whether the group sees the meeting as the row has it. */
  static boolean isShown(MeetingRow row) {
    return !row.has("first") && (row.seq() == 0 || row.number("shown") >= row.number("b"));
  }

  /** The same row with a card to be posted, which says what the row says now. */
  static MeetingRow announced(MeetingRow row) {
    return row.has("first") || row.seq() > 0
        ? row
        : row.with("first", MeetingBody.of(row).toBson());
  }

  /** Brings the card up to the row; succeeds with the row whose card stands. */
  Future<MeetingRow> show(MeetingRow row) {
    return show(row, MOST_STEPS);
  }

  private Future<MeetingRow> show(MeetingRow row, int steps) {
    if (isShown(row) || steps == 0) {
      return Future.succeededFuture(row);
    }
    return (row.has("first") ? post(row) : edit(row)).compose(next -> show(next, steps - 1));
  }

  private Future<MeetingRow> post(MeetingRow row) {
    BsonDocument first = row.document().getDocument("first");
    JsonObject said = Bson.json(first);
    MessageBody body =
        new MessageBody.Meeting(said.getString("text"), said.getJsonObject("meeting"));
    return append(row, "meeting/" + row.id(), body)
        .compose(
            outcome -> {
              long seq = outcome instanceof Outcome.Accepted accepted ? accepted.seq() : 0;
              return rows.change(row.id(), now -> posted(now, first, seq));
            })
        .map(MeetingRows.Changed::after);
  }

  private static MeetingRow posted(MeetingRow row, BsonDocument first, long seq) {
    if (!row.has("first")) {
      return row;
    }
    boolean same = MeetingBody.of(row).toBson().equals(first);
    return row.without("first").with("seq", seq).with("shown", same ? row.number("b") : 0);
  }

  private Future<MeetingRow> edit(MeetingRow row) {
    long step = row.number("step") + 1;
    Ref ref = new Ref("meeting/" + row.id() + "/" + step);
    return messages
        .edit(service(row), row.conversation(), ref, row.seq(), MeetingBody.of(row), path())
        .compose(
            outcome -> {
              if (outcome instanceof Outcome.Unknown) {
                return Future.failedFuture(unknown());
              }
              // A step that another text has taken was another's edit: ours is the next.
              boolean taken =
                  outcome instanceof Outcome.Refused refused
                      && refused.why().code() == Fault.Code.CONFLICT;
              return rows.change(
                  row.id(),
                  now -> {
                    if (now.number("step") >= step) {
                      return now;
                    }
                    MeetingRow on = now.with("step", step);
                    return taken ? on : on.with("shown", row.number("b"));
                  });
            })
        .map(MeetingRows.Changed::after);
  }

  /** A remark in the group, once; done too where it stands in other words already. */
  Future<Void> remark(MeetingRow row, String ref, String text) {
    return append(row, ref, new MessageBody.Remark(text)).mapEmpty();
  }

  private Future<Outcome> append(MeetingRow row, String ref, MessageBody body) {
    return messages
        .post(service(row), row.conversation(), new Ref(ref), body, path())
        .map(
            outcome -> {
              if (outcome instanceof Outcome.Unknown) {
                throw unknown();
              }
              return outcome;
            });
  }

  private static Caller service(MeetingRow row) {
    return Caller.service(row.organisation());
  }

  private static Fault unknown() {
    return Fault.of(Fault.Code.UNKNOWN, "It is not known whether the group was told.");
  }

  private static String path() {
    return UUID.randomUUID().toString();
  }
}
