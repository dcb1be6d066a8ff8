package chat.plenary.bots.wecom;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import java.time.Instant;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * A robot of one group.
 *
 * @param id the group and its place there
 * @param organisation the group's organisation
 * @param group the group
 * @param account the bot that speaks
 * @param name what it was called when it was made
 * @param by who made it
 * @param at when
 */
record Robot(
    String id,
    OrganisationId organisation,
    ConversationId group,
    AccountId account,
    String name,
    AccountId by,
    Instant at) {

  static Robot of(BsonDocument row) {
    return new Robot(
        row.getString("_id").getValue(),
        new OrganisationId(row.getString("o").getValue()),
        new ConversationId(row.getString("c").getValue()),
        new AccountId(row.getString("a").getValue()),
        row.getString("name").getValue(),
        new AccountId(row.getString("by").getValue()),
        Instant.ofEpochMilli(row.getDateTime("at").getValue()));
  }

  /** Its row, with the hash of its key. */
  BsonDocument row(String hash) {
    return new BsonDocument("_id", new BsonString(id))
        .append("k", new BsonString(hash))
        .append("o", new BsonString(organisation.value()))
        .append("c", new BsonString(group.value()))
        .append("a", new BsonString(account.value()))
        .append("name", new BsonString(name))
        .append("by", new BsonString(by.value()))
        .append("at", new BsonDateTime(at.toEpochMilli()));
  }

  /** The bot itself, as it posts. */
  Caller caller() {
    return new Caller(account, organisation, null, Role.MEMBER, true);
  }
}
