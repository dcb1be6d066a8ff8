package chat.plenary.bots.wecom;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sends what applications say, to each member in the direct conversation with the bot. All of it is
 * durable before the answer; where that is not known the caller is told to come again, and whoever
 * has it already does not get it twice.
 */
final class Sending {
  /** Messages of one application that are under way at once on a node. */
  static final int AT_ONCE = 16;

  /** What is not delivered by then is told as not known, before the request's own time is over. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final long ONCE_SECONDS = 1_800;
  private static final long MAX_ONCE_SECONDS = 14_400;

  private final Chat chat;
  private final Sent sent;
  private final Posting posting;
  private final Timers timers;
  private final Map<AccountId, Integer> underWay = new ConcurrentHashMap<>();

  Sending(Chat chat, Sent sent, Posting posting, Timers timers) {
    this.chat = chat;
    this.sent = sent;
    this.posting = posting;
    this.timers = timers;
  }

  /** What became of one message. */
  private static final class Deliveries {
    final ConcurrentLinkedQueue<Sent.Place> places = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
    final AtomicBoolean unknown = new AtomicBoolean();

    /** Whoever is not reached in time is not known to have it. */
    boolean isLate(boolean late) {
      if (late) {
        unknown.set(true);
      }
      return late;
    }
  }

  /** Sends a message; what the answer says beside its code. */
  Future<JsonObject> send(Applications.Standing by, Fields message) {
    Application application = by.application();
    check(message, application);
    final Recipients to = Recipients.of(message, by.organisation());
    final MessageBody body = Bodies.application(message);
    if (to.members().isEmpty()) {
      throw Refusal.of(Errcode.NO_RECIPIENT);
    }
    if (underWay.merge(application.account(), 1, Integer::sum) > AT_ONCE) {
      left(application);
      throw Refusal.of(Errcode.TOO_MANY_AT_ONCE);
    }
    return Future.<Void>succeededFuture()
        .compose(v -> sent.begin(application, message.sorted().encode(), once(message)))
        .compose(
            begun ->
                begun.done()
                    ? Future.succeededFuture(told(begun, to, List.of()))
                    : deliver(application, begun, to, body))
        .onComplete(done -> left(application));
  }

  /** Takes a message of the last 24 hours back from all who have it. */
  Future<Void> recall(Application application, Fields asked) {
    String msgid = asked.required("msgid");
    return sent.places(application, msgid)
        .compose(
            places -> {
              if (places == null) {
                throw Refusal.field("msgid", "is none of your messages of the last 24 hours");
              }
              AtomicBoolean unknown = new AtomicBoolean();
              return Each.of(
                      places,
                      unknown::get,
                      place ->
                          recall(application, new Ref("recall-" + msgid), place)
                              .onSuccess(known -> unknown.compareAndSet(false, !known))
                              .mapEmpty())
                  .map(
                      v -> {
                        if (unknown.get()) {
                          throw Refusal.of(Errcode.BUSY);
                        }
                        return null;
                      });
            });
  }

  /** Whether it is known to be recalled, or to be there no more. */
  private Future<Boolean> recall(Application application, Ref ref, Sent.Place place) {
    return posting
        .recall(application.caller(), place.conversation(), ref, place.seq())
        .compose(
            outcome ->
                // Members may be configured to have less time than applications have.
                outcome instanceof Outcome.Refused refused
                        && refused.why().code() == Fault.Code.FORBIDDEN
                    ? posting.recall(
                        Caller.service(application.organisation()),
                        place.conversation(),
                        ref,
                        place.seq())
                    : Future.succeededFuture(outcome))
        .map(outcome -> !(outcome instanceof Outcome.Unknown));
  }

  private static void check(Fields message, Application application) {
    if (message.textOrEmpty("agentid").isBlank()) {
      throw Refusal.of(Errcode.NO_AGENTID);
    }
    if (message.number("agentid", -1) != application.agentid()) {
      throw Refusal.of(Errcode.AGENTID);
    }
  }

  private static @Nullable Duration once(Fields message) {
    if (!message.flag("enable_duplicate_check")) {
      return null;
    }
    long seconds = message.number("duplicate_check_interval", ONCE_SECONDS);
    return Duration.ofSeconds(seconds <= 0 ? ONCE_SECONDS : Math.min(MAX_ONCE_SECONDS, seconds));
  }

  private Future<JsonObject> deliver(
      Application application, Sent.Begun begun, Recipients to, MessageBody body) {
    Deliveries all = new Deliveries();
    long until = timers.elapsed() + PATIENCE.toMillis();
    return Each.of(
            to.members(),
            // It is to come again anyway: nobody waits for the rest.
            () -> all.unknown.get() || all.isLate(timers.elapsed() > until),
            member -> deliver(application, begun, member, body, all))
        .compose(
            v -> {
              if (all.unknown.get()) {
                return sent.busy(begun).map(told -> refused(Errcode.BUSY));
              }
              if (all.refused.size() == to.members().size()) {
                return Future.succeededFuture(refused(Errcode.NO_RECIPIENT));
              }
              return sent.done(application, begun, List.copyOf(all.places))
                  .map(done -> told(begun, to, List.copyOf(all.refused)));
            });
  }

  private static JsonObject refused(Errcode code) {
    throw Refusal.of(code);
  }

  private Future<Void> deliver(
      Application application, Sent.Begun begun, Account to, MessageBody body, Deliveries all) {
    return direct(application, to)
        .compose(
            direct ->
                posting
                    .post(application.caller(), direct, new Ref(begun.msgid()), body)
                    .map(
                        outcome -> {
                          stands(outcome, direct, to, all);
                          return (Void) null;
                        }))
        .recover(
            failure -> {
              if (failure instanceof Fault fault && fault.code().status() != 503) {
                all.refused.add(Account.folded(to.userid()));
                return Future.succeededFuture();
              }
              if (failure instanceof Fault || failure instanceof StoreException) {
                all.unknown.set(true);
                return Future.succeededFuture();
              }
              return Future.failedFuture(failure);
            });
  }

  private static void stands(Outcome outcome, ConversationId direct, Account to, Deliveries all) {
    if (outcome instanceof Outcome.Accepted accepted) {
      all.places.add(new Sent.Place(direct, accepted.seq()));
    } else if (outcome instanceof Outcome.Refused refused) {
      // A conflict is this very message, in the form that another version gave it.
      if (refused.why().code() != Fault.Code.CONFLICT) {
        all.refused.add(Account.folded(to.userid()));
      }
    } else {
      all.unknown.set(true);
    }
  }

  /** The direct conversation of a member and the bot, created where there is none yet. */
  private Future<ConversationId> direct(Application application, Account member) {
    ConversationId id =
        ConversationId.direct(application.organisation(), application.account(), member.id());
    return chat.log()
        .state(id)
        .compose(
            state ->
                ((ConversationState) state).exists()
                    ? Future.succeededFuture(id)
                    : chat.conversations().createDirect(application.caller(), member.id()));
  }

  private static JsonObject told(Sent.Begun begun, Recipients to, List<String> refused) {
    return to.invalid(refused).put("msgid", begun.msgid()).put("response_code", "");
  }

  private void left(Application application) {
    underWay.computeIfPresent(application.account(), (id, count) -> count == 1 ? null : count - 1);
  }
}
