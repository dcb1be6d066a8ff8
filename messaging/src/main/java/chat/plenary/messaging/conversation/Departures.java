package chat.plenary.messaging.conversation;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Command;
import chat.plenary.messaging.log.DurableListener;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Outcome;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Takes whoever was removed from an organisation out of its groups, in the organisation's own name:
 * else they would be counted among those who have not read, for ever. Once per cluster; the ref of
 * each entry derives from the removal, so a repetition finds what was done.
 */
public final class Departures implements DurableListener {
  private static final int PAGE = 100;

  private final Log log;
  private final Inbox inbox;
  private final Function<Entry, @Nullable AccountId> removed;

  /**
   * Departures told by a log.
   *
   * @param removed of an entry of an organisation: the account that it removed, or null
   */
  public Departures(Log log, Inbox inbox, Function<Entry, @Nullable AccountId> removed) {
    this.log = log;
    this.inbox = inbox;
    this.removed = removed;
  }

  @Override
  public String name() {
    return "departures";
  }

  @Override
  public boolean wants(Entry entry) {
    return entry.conversation().isOrganisation();
  }

  @Override
  public Future<Void> take(int lane, List<Entry> entries) {
    Future<Void> done = Future.succeededFuture();
    for (Entry entry : entries) {
      if (entry.conversation().isOrganisation()) {
        AccountId account = removed.apply(entry);
        if (account != null) {
          OrganisationId home = new OrganisationId(entry.conversation().value());
          Caller former = new Caller(account, home, null, Role.MEMBER, false);
          Ref ref = new Ref("left/" + entry.seq());
          done = done.compose(v -> leaveAll(former, ref, null));
        }
      }
    }
    return done;
  }

  private Future<Void> leaveAll(Caller former, Ref ref, @Nullable String after) {
    return inbox
        .page(former, after, PAGE)
        .compose(
            page -> {
              Future<Void> done = Future.succeededFuture();
              for (Inbox.Row row : page.rows()) {
                ConversationId id = row.view().state().id();
                if (id.isGroup()) {
                  done = done.compose(v -> leave(former, ref, id));
                }
              }
              return done.compose(
                  v ->
                      page.next() == null
                          ? Future.succeededFuture()
                          : leaveAll(former, ref, page.next()));
            });
  }

  private Future<Void> leave(Caller former, Ref ref, ConversationId group) {
    BsonDocument body =
        new BsonDocument("add", Bson.strings(List.of()))
            .append("remove", Bson.strings(List.of(former.account().value())));
    AccountId service = AccountId.service(former.organisation());
    Command command = new Command(group, service, ref, Kinds.MEMBERS, 1, body, false, "departures");
    return log.append(command)
        .compose(
            outcome -> {
              // Gone already is as good; anything else comes again.
              boolean done =
                  outcome instanceof Outcome.Accepted
                      || (outcome instanceof Outcome.Refused refused
                          && refused.why().code() == Fault.Code.NOT_FOUND);
              return done
                  ? Future.succeededFuture()
                  : Future.failedFuture(
                      Fault.of(Fault.Code.UNKNOWN, "A departure from " + group + " is open."));
            });
  }
}
