package chat.plenary.messaging.organisation;

import chat.plenary.messaging.account.Revoked;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.log.Command;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Machine;
import chat.plenary.messaging.log.State;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bson.BsonInvalidOperationException;
import org.jspecify.annotations.Nullable;

/** What the entries of an organisation's log mean. */
public final class OrganisationMachine implements Machine {
  private final Rows rows;

  public OrganisationMachine(Store store, Clock clock) {
    this.rows = new Rows(store, clock);
  }

  @Override
  public Future<State> load(ConversationId conversation) {
    return rows.load(new OrganisationId(conversation.value())).map(state -> state);
  }

  @Override
  public State apply(State state, Entry entry) {
    return ((OrganisationState) state).after(entry);
  }

  @Override
  public @Nullable Supplier<Future<UnaryOperator<State>>> lacks(State state, Command command) {
    return null;
  }

  @Override
  public @Nullable Fault judge(State state, Command command) {
    OrganisationState organisation = (OrganisationState) state;
    Change change;
    try {
      change = Change.read(organisation.id(), command.kind(), command.version(), command.body());
    } catch (BsonInvalidOperationException | IllegalArgumentException e) {
      return Fault.invalid("body", "This is not the body of '" + command.kind() + "'.");
    }
    if (change == null) {
      return Fault.invalid("kind", "An organisation has no entries of this kind.");
    }
    return new Judgement(organisation, command.sender()).of(change);
  }

  @Override
  public boolean forgets(State state, long seq) {
    return false;
  }

  @Override
  public boolean closes(String kind) {
    // Nothing is judged by which sessions are over.
    return !kind.equals(Revoked.KIND);
  }
}
