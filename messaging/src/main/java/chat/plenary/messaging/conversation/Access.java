package chat.plenary.messaging.conversation;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Log;
import io.vertx.core.Future;

/** The one door to a conversation: it checks who asks, and returns what may be seen. */
public final class Access {
  private final Log log;

  public Access(Log log) {
    this.log = log;
  }

  /**
   * What a conversation is to a present member.
   *
   * @param state the conversation
   * @param member the caller's membership
   */
  public record View(ConversationState state, Member member) {
    /** Whether an entry may be seen. */
    public boolean visible(long seq) {
      return seq <= upTo() && member.sees(seq);
    }

    /** The first entry that may be seen. */
    public long from() {
      return member.from();
    }

    /** The entry up to which access was judged: nothing beyond it may be returned. */
    public long upTo() {
      return Math.min(state.seq(), member.to());
    }
  }

  /**
   * Opens the door.
   *
   * @return fails as {@link Fault.Code#NOT_FOUND} for whoever is no member now, as if there were no
   *     such conversation
   */
  public Future<View> view(Caller caller, ConversationId conversation) {
    return past(caller, conversation)
        .map(
            view -> {
              if (!view.member().current()) {
                throw Fault.notFound("conversation");
              }
              return view;
            });
  }

  /**
   * The same for former members too, who see what was theirs to see up to and with their removal.
   */
  Future<View> past(Caller caller, ConversationId conversation) {
    if (conversation.isOrganisation()) {
      return Future.failedFuture(Fault.notFound("conversation"));
    }
    return log.state(conversation)
        .map(
            state -> {
              ConversationState known = (ConversationState) state;
              Member member = known.member(caller.account());
              if (!known.exists() || member == null) {
                throw Fault.notFound("conversation");
              }
              return new View(known, member);
            });
  }
}
