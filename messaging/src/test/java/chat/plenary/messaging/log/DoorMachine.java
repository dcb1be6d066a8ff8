package chat.plenary.messaging.log;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.Future;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The least that can be judged: {@code shut} and {@code open} a door, {@code post} through it. */
final class DoorMachine implements Machine {
  private record Door(long seq, long n, long m, boolean shut) implements State {}

  @Override
  public Future<State> load(ConversationId conversation) {
    return Future.succeededFuture(new Door(0, 0, 0, false));
  }

  @Override
  public State apply(State state, Entry entry) {
    boolean shut =
        entry.kind().equals("post") ? ((Door) state).shut() : entry.kind().equals("shut");
    return new Door(entry.seq(), entry.n(), entry.m(), shut);
  }

  @Override
  public @Nullable Supplier<Future<UnaryOperator<State>>> lacks(State state, Command command) {
    return null;
  }

  @Override
  public @Nullable Fault judge(State state, Command command) {
    return command.kind().equals("post") && ((Door) state).shut()
        ? Fault.of(Fault.Code.FORBIDDEN, "The door is shut.")
        : null;
  }

  @Override
  public boolean forgets(State state, long seq) {
    return false;
  }

  @Override
  public boolean closes(String kind) {
    return !kind.equals("post");
  }
}
