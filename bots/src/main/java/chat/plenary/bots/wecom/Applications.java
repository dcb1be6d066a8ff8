package chat.plenary.bots.wecom;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Secret;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.organisation.OrganisationState;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** The applications of organisations, made and removed by their administrators. */
final class Applications {
  static final String COLLECTION = "wecom_applications";

  /** Applications of one organisation, at the most. */
  static final int MOST = 100;

  private static final int SECRET_LENGTH = 43;

  private final Chat chat;
  private final Store store;
  private final Places places;

  Applications(Chat chat, Store store) {
    this.chat = chat;
    this.store = store;
    this.places = new Places(store, COLLECTION, MOST);
  }

  /**
   * An application whose secret was just drawn.
   *
   * @param secret known to nobody but who is told it now
   */
  record Made(Application application, Secret secret) {}

  /**
   * An application and its organisation as this node knows it now.
   *
   * @param bot its account; null where that was removed
   */
  record Standing(Application application, OrganisationState organisation, @Nullable Account bot) {
    /** Whether it may do anything. */
    boolean active() {
      return bot != null && bot.bot() && !bot.disabled();
    }
  }

  Future<Void> prepare() {
    return store.index(Index.unique(COLLECTION, "k"));
  }

  /** Makes an application. */
  Future<Made> make(Caller admin, String name) {
    Secret secret = Secret.random("");
    AccountId account = AccountId.random();
    return places
        .take(
            admin.organisation().value(),
            id ->
                new Application(
                        id,
                        admin.organisation(),
                        account,
                        name,
                        secret.hash(),
                        admin.account(),
                        chat.clock().instant())
                    .row(),
            most ->
                Fault.of(
                    Fault.Code.CONFLICT, "An organisation has at most " + most + " applications."))
        .map(Application::of)
        .compose(made -> join(admin, made).map(new Made(made, secret)));
  }

  private Future<Void> join(Caller admin, Application made) {
    String userid = "app-" + UUID.randomUUID().toString().substring(24);
    return chat.organisations()
        .addBot(admin, made.account(), userid, made.name())
        .recover(
            failure ->
                failure instanceof Fault fault && fault.code().status() != 503
                    ? store
                        .delete(COLLECTION, List.of(made.id()))
                        .transform(deleted -> Future.failedFuture(failure))
                    : Future.failedFuture(failure));
  }

  /** Draws a new secret, which ends the one before and the tokens that were got by it. */
  Future<Made> newSecret(Caller admin, int agentid) {
    Secret secret = Secret.random("");
    return own(admin, agentid)
        .compose(
            application ->
                store
                    .update(
                        COLLECTION,
                        Update.of(application.id())
                            .expect("a", application.account().value())
                            .set("k", secret.hash()))
                    .map(
                        found -> {
                          if (!found) {
                            throw Fault.notFound("application");
                          }
                          return new Made(application, secret);
                        }));
  }

  /** Removes an application with its account; what it said stays. */
  Future<Void> remove(Caller admin, int agentid) {
    return own(admin, agentid)
        .compose(
            application ->
                chat.organisations()
                    .remove(admin, application.account())
                    .recover(
                        failure ->
                            failure instanceof Fault fault && fault.code() == Fault.Code.NOT_FOUND
                                ? Future.succeededFuture()
                                : Future.failedFuture(failure))
                    .compose(v -> store.delete(COLLECTION, List.of(application.id()))))
        .mapEmpty();
  }

  /** The applications of the caller's organisation, in the order of their numbers. */
  Future<List<Standing>> list(Caller admin, int afterAgentid, int limit) {
    int after = Math.max(-1, afterAgentid - Application.FIRST);
    return chat.organisations()
        .of(admin)
        .compose(
            organisation ->
                places
                    .of(admin.organisation().value(), after, limit)
                    .map(
                        rows ->
                            rows.stream()
                                .map(Application::of)
                                .map(one -> standing(one, organisation))
                                .toList()));
  }

  /** The application of an organisation's number, or null. */
  Future<@Nullable Standing> find(OrganisationId organisation, int agentid) {
    int place = agentid - Application.FIRST;
    return place < 0 || place >= MOST
        ? Future.succeededFuture(null)
        : store
            .get(COLLECTION, List.of(Places.id(organisation.value(), place)))
            .compose(
                rows ->
                    rows.isEmpty()
                        ? Future.<@Nullable Standing>succeededFuture(null)
                        : stand(Application.of(rows.get(0))));
  }

  /** The application of an organisation's secret, or null. */
  Future<@Nullable Standing> find(OrganisationId organisation, String secret) {
    if (secret.length() != SECRET_LENGTH) {
      return Future.succeededFuture(null);
    }
    BsonString hash = new BsonString(new Secret(secret).hash());
    return store
        .find(Query.in(COLLECTION, "k").anyOf(List.of(hash)).limit(1))
        .compose(
            rows ->
                rows.isEmpty() || !Application.of(rows.get(0)).organisation().equals(organisation)
                    ? Future.<@Nullable Standing>succeededFuture(null)
                    : stand(Application.of(rows.get(0))));
  }

  private Future<@Nullable Standing> stand(Application application) {
    return chat.organisations()
        .of(application.caller())
        .map(organisation -> standing(application, organisation));
  }

  private static Standing standing(Application application, OrganisationState organisation) {
    return new Standing(application, organisation, organisation.account(application.account()));
  }

  private Future<Application> own(Caller admin, int agentid) {
    return find(admin.organisation(), agentid)
        .map(
            found -> {
              if (found == null) {
                throw Fault.notFound("application");
              }
              return found.application();
            });
  }
}
