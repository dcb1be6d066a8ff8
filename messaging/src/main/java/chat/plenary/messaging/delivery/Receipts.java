package chat.plenary.messaging.delivery;

import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.conversation.Positions;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.protocol.ServerFrame;
import java.util.List;

/** Read counts beside watched messages: at once when they are watched, then as members read on. */
final class Receipts {
  private final Access access;
  private final Positions positions;

  Receipts(Access access, Positions positions) {
    this.access = access;
    this.positions = positions;
  }

  /** Watches some messages in place of those that were; on the session's loop. */
  void watch(LiveSession session, ConversationId conversation, List<Long> seqs) {
    session.watched = seqs.isEmpty() ? null : conversation;
    if (seqs.isEmpty()) {
      session.outbox.outlet().watchers.remove(session);
    } else {
      session.outbox.outlet().watchers.add(session);
    }
    session.watchedSeqs.clear();
    session.movedSeqs.clear();
    session.watchedSeqs.addAll(seqs);
    seqs.stream().distinct().forEach(seq -> tell(session, conversation, seq));
  }

  /** Somebody has read on; on the session's loop. */
  void moved(LiveSession session, Positions.Moved moved) {
    if (moved.conversation().equals(session.watched)) {
      for (long seq : session.watchedSeqs) {
        if (seq <= moved.position().seq()) {
          session.movedSeqs.add(seq);
        }
      }
    }
  }

  /** Tells what moved since the last tick, in conversations that are small enough. */
  void tick(LiveSession session) {
    ConversationId conversation = session.watched;
    if (conversation == null || session.movedSeqs.isEmpty()) {
      return;
    }
    List<Long> seqs = List.copyOf(session.movedSeqs);
    session.movedSeqs.clear();
    access
        .view(session.caller, conversation)
        .onSuccess(
            view -> {
              if (view.state().size() <= Positions.LIVE_MEMBERS) {
                seqs.forEach(seq -> tell(session, conversation, seq));
              }
            });
  }

  /** Whoever may not see a message is told nothing. */
  private void tell(LiveSession session, ConversationId conversation, long seq) {
    positions
        .readers(session.caller, conversation, seq, true, null, 0)
        .onSuccess(
            readers ->
                session
                    .outbox
                    .outlet()
                    .run(
                        () -> {
                          if (conversation.equals(session.watched)
                              && session.watchedSeqs.contains(seq)
                              && session.outbox.outlet().isFresh()) {
                            session.outbox.send(
                                new ServerFrame.Receipts(
                                    conversation, seq, readers.read(), readers.unread()));
                          }
                        }));
  }
}
