package chat.plenary.messaging.message;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.conversation.Positions;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Command;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Outcome;
import io.vertx.core.Future;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;

/** Sending, editing and recalling messages: check, append, answer. */
public final class Messages {
  private final Log log;
  private final Positions positions;

  public Messages(Log log, Positions positions) {
    this.log = log;
    this.positions = positions;
  }

  /**
   * Posts a message. Whether the caller may is judged by the log, at the tail; an organisation's
   * own account may in all its conversations.
   *
   * @param path the session and connection whose order is to be kept
   */
  public Future<Outcome> post(
      Caller caller, ConversationId conversation, Ref ref, MessageBody body, String path) {
    if (body instanceof MessageBody.Remark && !caller.bot()) {
      return refused(Fault.invalid("body.type", "Only bots post remarks of type system."));
    }
    boolean countable = !(body instanceof MessageBody.Caption);
    return append(caller, conversation, ref, Kinds.POSTED, body.toBson(), countable, path);
  }

  /** Replaces what an own message says. Bots replace cards without a time limit. */
  public Future<Outcome> edit(
      Caller caller,
      ConversationId conversation,
      Ref ref,
      long target,
      MessageBody body,
      String path) {
    if (body instanceof MessageBody.Remark && !caller.bot()) {
      return refused(Fault.invalid("body.type", "Only bots post remarks of type system."));
    }
    BsonDocument edit =
        new BsonDocument("target", new BsonInt64(target)).append("body", body.toBson());
    if (caller.bot() && body instanceof MessageBody.Card) {
      edit.append("card", BsonBoolean.TRUE);
    }
    return append(caller, conversation, ref, Kinds.EDITED, edit, false, path);
  }

  /** Takes a message back, and every copy of what it said. */
  public Future<Outcome> recall(
      Caller caller, ConversationId conversation, Ref ref, long target, String path) {
    BsonDocument recall = new BsonDocument("target", new BsonInt64(target));
    return append(caller, conversation, ref, Kinds.RECALLED, recall, false, path);
  }

  private Future<Outcome> append(
      Caller caller,
      ConversationId conversation,
      Ref ref,
      String kind,
      BsonDocument body,
      boolean countable,
      String path) {
    if (conversation.isOrganisation()) {
      return refused(Fault.notFound("conversation"));
    }
    Command command =
        new Command(conversation, caller.account(), ref, kind, 1, body, countable, path);
    return log.append(command)
        .map(
            outcome -> {
              if (countable
                  && !caller.isService()
                  && outcome instanceof Outcome.Accepted accepted) {
                positions.moved(
                    conversation,
                    caller.account(),
                    new Positions.Position(accepted.seq(), accepted.m()));
              }
              return outcome;
            });
  }

  private static Future<Outcome> refused(Fault why) {
    return Future.succeededFuture(new Outcome.Refused(why));
  }
}
