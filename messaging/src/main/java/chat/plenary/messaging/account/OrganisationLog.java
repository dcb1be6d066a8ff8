package chat.plenary.messaging.account;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Command;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Outcome;
import io.vertx.core.Future;
import org.bson.BsonDocument;

/** The logs of the organisations, as accounts and organisations use them. */
public final class OrganisationLog {
  private final Log log;

  public OrganisationLog(Log log) {
    this.log = log;
  }

  /**
   * An organisation at this node's tail.
   *
   * @return a roster with seq 0 where there is no such organisation
   */
  public Future<Roster> roster(OrganisationId organisation) {
    return log.state(ConversationId.of(organisation))
        .map(
            state -> {
              if (state instanceof Roster roster) {
                return roster;
              }
              throw new IllegalStateException("the log's machine does not know organisations");
            });
  }

  /**
   * Appends an entry, and waits until this node's tail has it, so that whoever asked finds it done.
   *
   * @return the number of the entry; fails with the {@link Fault} why it was refused, or as unknown
   */
  public Future<Long> append(
      OrganisationId organisation, AccountId sender, Ref ref, String kind, BsonDocument body) {
    ConversationId conversation = ConversationId.of(organisation);
    // Every command has a path of its own: the organisation's entries are judged one by one.
    String path = kind + "/" + ref.value();
    return log.append(new Command(conversation, sender, ref, kind, 1, body, false, path))
        .compose(this::applied);
  }

  private Future<Long> applied(Outcome outcome) {
    if (outcome instanceof Outcome.Accepted accepted) {
      // That it stands in the log is certain; a node that lags behind only shows it later.
      return log.reach(upTo(accepted))
          .recover(lagging -> Future.succeededFuture())
          .map(accepted.seq());
    }
    if (outcome instanceof Outcome.Refused refused) {
      return Future.failedFuture(refused.why());
    }
    return Future.failedFuture(
        Fault.of(Fault.Code.UNKNOWN, "It is not known whether this was done. Look, or try again."));
  }

  private Cursor upTo(Outcome.Accepted accepted) {
    Cursor now = log.cursor();
    long[] numbers = new long[Log.LANES];
    for (int lane = 0; lane < numbers.length; lane++) {
      numbers[lane] = now.number(lane);
    }
    numbers[accepted.lane()] = Math.max(numbers[accepted.lane()], accepted.n());
    return Cursor.of(now.epoch(), numbers);
  }
}
