package chat.plenary.messaging;

import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Command;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Machine;
import chat.plenary.messaging.log.State;
import io.vertx.core.Future;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Gives each conversation to the machine of its kind. */
final class Machines implements Machine {
  private final Machine conversations;
  private final Machine organisations;

  Machines(Machine conversations, Machine organisations) {
    this.conversations = conversations;
    this.organisations = organisations;
  }

  private Machine of(ConversationId id) {
    return id.isOrganisation() ? organisations : conversations;
  }

  @Override
  public Future<State> load(ConversationId conversation) {
    return of(conversation).load(conversation);
  }

  @Override
  public State apply(State state, Entry entry) {
    return of(entry.conversation()).apply(state, entry);
  }

  @Override
  public @Nullable Supplier<Future<UnaryOperator<State>>> lacks(State state, Command command) {
    return of(command.conversation()).lacks(state, command);
  }

  @Override
  public @Nullable Fault judge(State state, Command command) {
    return of(command.conversation()).judge(state, command);
  }

  @Override
  public boolean forgets(State state, long seq) {
    return state instanceof ConversationState
        ? conversations.forgets(state, seq)
        : organisations.forgets(state, seq);
  }

  @Override
  public boolean closes(String kind) {
    // Each machine takes the other's kinds for unknown, and what is unknown closes.
    return conversations.closes(kind) && organisations.closes(kind);
  }
}
