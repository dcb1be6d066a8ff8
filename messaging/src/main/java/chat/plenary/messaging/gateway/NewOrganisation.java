package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.gateway.AccountSchemas.object;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Accounts;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.id.OrganisationId;
import io.vertx.core.json.JsonObject;

/** An organisation that is to be made, with its first owner. It never shows the password. */
record NewOrganisation(String name, String userid, String ownerName, String password) {
  private static final int MAX_TEXT = 200;

  /** How it stands in a body. */
  static final JsonObject ORGANISATION = object("name", AccountSchemas.NAME);

  static final JsonObject OWNER =
      object(
          "userid",
          AccountSchemas.USERID,
          "name",
          AccountSchemas.NAME,
          "password",
          AccountSchemas.PASSWORD);

  /** What is answered. */
  static final JsonObject MADE = object("organisation", AccountSchemas.NAMED);

  /** Reads the members {@code organisation} and {@code owner} of a body that has no others left. */
  static NewOrganisation read(Input body) {
    Input organisation = body.object("organisation");
    String name = organisation.parsed("name", MAX_TEXT, Account::name);
    organisation.end();
    Input owner = body.object("owner");
    String userid = owner.parsed("userid", Account.MAX_USERID, Account::userid);
    String ownerName = owner.parsed("name", MAX_TEXT, Account::name);
    String password = Accounts.password(owner, "password");
    owner.end();
    body.end();
    if (password == null) {
      throw Fault.invalid("owner.password", "This is required.");
    }
    return new NewOrganisation(name, userid, ownerName, password);
  }

  Response made(OrganisationId id) {
    JsonObject named = new JsonObject().put("id", id.value()).put("name", name);
    return Response.json(201, new JsonObject().put("organisation", named));
  }

  @Override
  public String toString() {
    return "NewOrganisation";
  }
}
