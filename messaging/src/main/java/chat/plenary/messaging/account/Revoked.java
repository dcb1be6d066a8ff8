package chat.plenary.messaging.account;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.SessionId;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be silenced at once, and why.
 *
 * @param organisation the home organisation of the account
 * @param account the account
 * @param session the session, or null for all sessions of the account (bots' connections too)
 * @param reason why
 */
public record Revoked(
    OrganisationId organisation, AccountId account, @Nullable SessionId session, Reason reason) {

  /** The kind of entry that ends sessions. */
  public static final String KIND = "sessions.revoked";

  /** Why somebody is silenced. */
  public enum Reason {
    SIGNED_OUT("signed-out", "Your account was signed out."),
    PASSWORD_CHANGED("password-changed", "Your password was changed."),
    REUSED("reused", "A refresh token was used twice; the session was ended for safety."),
    TOKEN_REPLACED("token-replaced", "The bot was given a new token."),
    DISABLED("disabled", "Your account was disabled."),
    REMOVED("removed", "Your account was removed."),
    ROLE_CHANGED("role-changed", "Your role was changed; connect again.");

    private final String text;
    private final String sentence;

    Reason(String text, String sentence) {
      this.text = text;
      this.sentence = sentence;
    }

    /** The reason by its name in entries; signed out, where a later version wrote another. */
    public static Reason parse(String text) {
      for (Reason reason : values()) {
        if (reason.text.equals(text)) {
          return reason;
        }
      }
      return SIGNED_OUT;
    }

    /** The name in entries. */
    public String text() {
      return text;
    }

    /** A sentence for people. */
    public String sentence() {
      return sentence;
    }
  }

  /** The body of the entry that ends the session or all of them. */
  public BsonDocument body() {
    BsonDocument body = new BsonDocument("account", new BsonString(account.value()));
    if (session != null) {
      body.append("session", new BsonString(session.value()));
    }
    return body.append("reason", new BsonString(reason.text()));
  }

  /**
   * Reads such a body.
   *
   * @throws RuntimeException where it is none
   */
  public static Revoked read(OrganisationId organisation, BsonDocument body) {
    return new Revoked(
        organisation,
        new AccountId(body.getString("account").getValue()),
        body.containsKey("session") ? new SessionId(body.getString("session").getValue()) : null,
        Reason.parse(body.getString("reason").getValue()));
  }
}
