package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.gateway.AccountSchemas.object;

import chat.plenary.messaging.account.Accounts;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.organisation.Organisations;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator of a server does, who is nobody's account: making organisations beside the
 * first one (section 2 of the protocol).
 */
public final class OperatorRoutes {
  private final Accounts accounts;
  private final Organisations organisations;
  private final byte @Nullable [] secret;

  /**
   * The endpoints.
   *
   * @param secret what the operator shows; null where there is none, then nothing is found here
   */
  public OperatorRoutes(Accounts accounts, Organisations organisations, @Nullable String secret) {
    this.accounts = accounts;
    this.organisations = organisations;
    this.secret = secret == null ? null : secret.getBytes(StandardCharsets.UTF_8);
  }

  /** The endpoints. */
  public List<Route> routes() {
    return List.of(
        new Route(
            HttpMethod.POST,
            "/api/v1/organisations",
            Route.Access.PUBLIC,
            "Makes another organisation and its owner; the operator's token is the bearer token.",
            object("organisation", NewOrganisation.ORGANISATION, "owner", NewOrganisation.OWNER),
            NewOrganisation.MADE,
            this::make));
  }

  private Future<Response> make(Request request) {
    if (secret == null) {
      throw Fault.notFound("page");
    }
    return accounts
        .guarded(request.remoteAddress(), () -> shown(request))
        .compose(
            shown -> {
              NewOrganisation made = NewOrganisation.read(request.body());
              return organisations
                  .create(made.name(), made.userid(), made.ownerName(), made.password())
                  .map(made::made);
            });
  }

  /** Takes the same time however much of the secret is right. */
  private Future<Void> shown(Request request) {
    String token = AccountRoutes.bearer(request);
    boolean right =
        token != null && MessageDigest.isEqual(secret, token.getBytes(StandardCharsets.UTF_8));
    return right
        ? Future.succeededFuture()
        : Future.failedFuture(
            Fault.of(Fault.Code.UNAUTHENTICATED, "The operator's token is not genuine."));
  }
}
