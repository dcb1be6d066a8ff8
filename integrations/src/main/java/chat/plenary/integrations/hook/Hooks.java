package chat.plenary.integrations.hook;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.organisation.Organisations;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Making, finding and deleting hooks. Of a hook's secret only a hash is kept. */
public final class Hooks {
  private static final String COLLECTION = "hooks";
  private static final int SECRET_BYTES = 24;

  private final Store store;
  private final Access access;
  private final Organisations organisations;
  private final Clock clock;
  private final Set<String> kinds;
  private final SecureRandom random = new SecureRandom();

  /**
   * Hooks.
   *
   * @param kinds the kinds that routes take
   */
  public Hooks(
      Store store, Access access, Organisations organisations, Clock clock, Set<String> kinds) {
    this.store = store;
    this.access = access;
    this.organisations = organisations;
    this.clock = clock;
    this.kinds = Set.copyOf(kinds);
  }

  /**
   * A hook and, this one time, its secret.
   *
   * @param hook the hook
   * @param secret the last part of its address
   */
  public record Made(Hook hook, String secret) {}

  /**
   * A page of hooks.
   *
   * @param hooks in order of their ids
   * @param next what to pass as {@code after} for the next page, or null at the end
   */
  public record Page(List<Hook> hooks, @Nullable String next) {}

  /** Creates the index. */
  public Future<Void> prepare() {
    return store.index(Index.unique(COLLECTION, "o", "i"));
  }

  /** Makes a hook with a secret drawn at random. */
  public Future<Made> make(Caller caller, String kind, ConversationId group, AccountId bot) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return make(
        caller, kind, group, bot, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * Makes a hook with a given secret; the same again is the same hook.
   *
   * @param caller an administrator who is a member of the group
   * @param bot a bot that is a member of the group
   * @param secret 32 or more characters of base64url
   */
  public Future<Made> make(
      Caller caller, String kind, ConversationId group, AccountId bot, String secret) {
    if (!kinds.contains(kind)) {
      return Future.failedFuture(Fault.invalid("kind", "There is no such kind of hook."));
    }
    if (!caller.role().administers()) {
      return Future.failedFuture(Fault.of(Fault.Code.FORBIDDEN, "Only administrators make hooks."));
    }
    Hook hook = new Hook(id(secret), kind, caller.organisation(), group, bot);
    return access
        .view(caller, group)
        .compose(
            view -> {
              if (!view.state().isMember(bot)) {
                throw Fault.invalid("bot", "The bot is not a member of the group.");
              }
              return isAtWork(hook);
            })
        .compose(
            atWork -> {
              if (!atWork) {
                throw Fault.invalid("bot", "This is not a bot of your organisation.");
              }
              return store.insert(COLLECTION, List.of(row(hook)));
            })
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure))
        .map(v -> new Made(hook, secret));
  }

  /**
   * The hook of a secret; fails as not found where there is none, or where its bot is not at work
   * any more.
   */
  public Future<Hook> find(String secret) {
    return store
        .get(COLLECTION, List.of(id(secret)))
        .compose(
            found -> {
              if (found.isEmpty()) {
                throw Fault.notFound("hook");
              }
              Hook hook = hook(found.get(0));
              return isAtWork(hook)
                  .map(
                      atWork -> {
                        if (!atWork) {
                          throw Fault.notFound("hook");
                        }
                        return hook;
                      });
            });
  }

  /**
   * Whether a hook's bot is a bot, of its organisation, and not disabled: nobody posts in the name
   * of a person by a hook, or in that of an account that was disabled.
   */
  private Future<Boolean> isAtWork(Hook hook) {
    Caller self = new Caller(hook.bot(), hook.organisation(), null, Role.MEMBER, true);
    return organisations
        .accounts(self, List.of(hook.bot()))
        .map(found -> found.stream().anyMatch(Hooks::works))
        .recover(
            failure ->
                failure instanceof Fault fault && fault.code() == Fault.Code.NOT_FOUND
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(failure));
  }

  private static boolean works(Account account) {
    return account.bot() && !account.disabled();
  }

  /** A page of the organisation's hooks, without their secrets. */
  public Future<Page> page(Caller caller, @Nullable String after, int limit) {
    Query query = Query.in(COLLECTION, "i").where("o", caller.organisation().value()).limit(limit);
    return store
        .find(after == null ? query : query.after(new BsonString(after)))
        .map(
            found -> {
              List<Hook> hooks = found.stream().map(Hooks::hook).toList();
              return new Page(
                  hooks, hooks.size() < limit ? null : hooks.get(hooks.size() - 1).id());
            });
  }

  /** Deletes a hook of the caller's organisation. */
  public Future<Void> delete(Caller caller, String id) {
    return store
        .get(COLLECTION, List.of(id))
        .compose(
            found -> {
              if (found.isEmpty()
                  || !hook(found.get(0)).organisation().equals(caller.organisation())) {
                throw Fault.notFound("hook");
              }
              return store.delete(COLLECTION, List.of(id)).mapEmpty();
            });
  }

  private BsonDocument row(Hook hook) {
    return new BsonDocument("_id", new BsonString(hook.id()))
        .append("i", new BsonString(hook.id()))
        .append("o", new BsonString(hook.organisation().value()))
        .append("kind", new BsonString(hook.kind()))
        .append("c", new BsonString(hook.group().value()))
        .append("bot", new BsonString(hook.bot().value()))
        .append("at", new BsonDateTime(clock.millis()));
  }

  private static Hook hook(BsonDocument row) {
    String kind = Bson.text(row, "kind");
    return new Hook(
        row.getString("_id").getValue(),
        kind == null ? "" : kind,
        new OrganisationId(row.getString("o").getValue()),
        new ConversationId(row.getString("c").getValue()),
        new AccountId(row.getString("bot").getValue()));
  }

  private static String id(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
