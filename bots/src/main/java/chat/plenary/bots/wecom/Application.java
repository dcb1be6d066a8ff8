package chat.plenary.bots.wecom;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import java.time.Instant;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * An application of an organisation.
 *
 * @param id the organisation and its place there
 * @param organisation the organisation, whose id is the {@code corpid}
 * @param account the bot that speaks
 * @param name what it was called when it was made
 * @param hash of its secret
 * @param by who made it
 * @param at when
 */
record Application(
    String id,
    OrganisationId organisation,
    AccountId account,
    String name,
    String hash,
    AccountId by,
    Instant at) {

  /** The first {@code agentid}. */
  static final int FIRST = 1_000_002;

  static Application of(BsonDocument row) {
    return new Application(
        row.getString("_id").getValue(),
        new OrganisationId(row.getString("o").getValue()),
        new AccountId(row.getString("a").getValue()),
        row.getString("name").getValue(),
        row.getString("k").getValue(),
        new AccountId(row.getString("by").getValue()),
        Instant.ofEpochMilli(row.getDateTime("at").getValue()));
  }

  BsonDocument row() {
    return new BsonDocument("_id", new BsonString(id))
        .append("k", new BsonString(hash))
        .append("o", new BsonString(organisation.value()))
        .append("a", new BsonString(account.value()))
        .append("name", new BsonString(name))
        .append("by", new BsonString(by.value()))
        .append("at", new BsonDateTime(at.toEpochMilli()));
  }

  /** The number by which its programs name it. */
  int agentid() {
    return FIRST + Places.place(id);
  }

  /** The bot itself, as it posts. */
  Caller caller() {
    return new Caller(account, organisation, null, Role.MEMBER, true);
  }
}
