package chat.plenary.messaging.gateway;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.delivery.LiveSession;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.protocol.ClientFrame;
import chat.plenary.messaging.protocol.ServerFrame;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a signed-in connection's frames do. Used on its event loop only. */
final class LiveFrames {
  private static final Logger LOGGER = LoggerFactory.getLogger(LiveFrames.class);
  private static final Duration TYPING = Duration.ofSeconds(1);

  private final Chat chat;
  private final LiveSession session;
  private final Caller caller;
  private final int most;

  /** The order of this connection's posts is kept along it. */
  private final String path;

  private int inFlight;
  private long typed;
  private boolean hasTyped;

  LiveFrames(Chat chat, LiveSession session, int most) {
    this.chat = chat;
    this.session = session;
    this.caller = session.caller();
    this.most = most;
    this.path = "live/" + UUID.randomUUID();
  }

  void take(ClientFrame frame) {
    if (frame instanceof ClientFrame.Appending appending) {
      append(appending);
    } else if (frame instanceof ClientFrame.Position position) {
      position(position);
    } else if (frame instanceof ClientFrame.Typing typing) {
      typing(typing.conversation());
    } else if (frame instanceof ClientFrame.Watch watch) {
      chat.delivery().watch(session, watch.conversation(), watch.seqs());
    } else if (frame instanceof ClientFrame.Reading reading) {
      reading(reading);
    } else if (frame instanceof ClientFrame.Ping) {
      session.outbox().send(new ServerFrame.Pong());
    }
  }

  /**
   * Refuses a frame that appends and could not be read, under its ref.
   *
   * @return false where it has no ref to answer under
   */
  boolean refuse(JsonObject json, Fault fault) {
    if (json.getValue("type") instanceof String type
        && (type.equals("post") || type.equals("edit") || type.equals("recall"))
        && json.getValue("conversation") instanceof String conversation
        && ConversationId.isValid(conversation)
        && json.getValue("ref") instanceof String ref
        && Ref.isValid(ref)) {
      session.outbox().send(new ServerFrame.Refused(conversation, ref, fault));
      return true;
    }
    return false;
  }

  private void append(ClientFrame.Appending frame) {
    String conversation = frame.conversation().value();
    String ref = frame.ref().value();
    if (inFlight >= most) {
      session
          .outbox()
          .send(
              new ServerFrame.Refused(
                  conversation,
                  ref,
                  Fault.tooMany("At most " + most + " frames wait for their answers.", 1)));
      return;
    }
    inFlight++;
    outcome(frame)
        .onComplete(
            done -> {
              inFlight--;
              if (done.failed()) {
                LOGGER.error("a command failed", done.cause());
              }
              Outcome outcome = done.succeeded() ? done.result() : new Outcome.Unknown();
              answer(frame, outcome);
            });
  }

  private Future<Outcome> outcome(ClientFrame.Appending frame) {
    if (frame instanceof ClientFrame.Post post) {
      return chat.messages().post(caller, post.conversation(), post.ref(), post.body(), path);
    } else if (frame instanceof ClientFrame.Edit edit) {
      return chat.messages()
          .edit(caller, edit.conversation(), edit.ref(), edit.target(), edit.body(), path);
    }
    ClientFrame.Recall recall = (ClientFrame.Recall) frame;
    return chat.messages()
        .recall(caller, recall.conversation(), recall.ref(), recall.target(), path);
  }

  private void answer(ClientFrame.Appending frame, Outcome outcome) {
    String conversation = frame.conversation().value();
    String ref = frame.ref().value();
    if (outcome instanceof Outcome.Accepted accepted) {
      if (frame instanceof ClientFrame.Post) {
        session.read(frame.conversation(), accepted.seq());
      }
      session
          .outbox()
          .send(
              new ServerFrame.Accepted(
                  conversation, ref, accepted.seq(), accepted.m(), accepted.at()));
    } else if (outcome instanceof Outcome.Refused refused) {
      session.outbox().send(new ServerFrame.Refused(conversation, ref, refused.why()));
    } else {
      session.outbox().send(new ServerFrame.Unknown(conversation, ref));
    }
  }

  private void position(ClientFrame.Position frame) {
    session.read(frame.conversation(), frame.seq());
    chat.positions()
        .note(caller, frame.conversation(), frame.seq())
        .onFailure(
            failure -> {
              if (failure instanceof Fault fault) {
                session.outbox().send(new ServerFrame.Refusal(fault));
              }
            });
  }

  private void reading(ClientFrame.Reading frame) {
    if (!chat.delivery()
        .reading(session, frame.conversation(), frame.language(), frame.meeting())) {
      session
          .outbox()
          .send(
              new ServerFrame.Refusal(
                  Fault.invalid(
                      "conversation",
                      "At most "
                          + ClientFrame.MAX_READING
                          + " conversations are read so at once.")));
    }
  }

  /** More often than once a second it says nothing new. */
  private void typing(ConversationId conversation) {
    long now = chat.clock().millis();
    if (hasTyped && now - typed < TYPING.toMillis() && now >= typed) {
      return;
    }
    hasTyped = true;
    typed = now;
    chat.access()
        .view(caller, conversation)
        .onSuccess(view -> chat.delivery().typing(conversation, caller.account()));
  }
}
