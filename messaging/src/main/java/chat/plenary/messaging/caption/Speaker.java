package chat.plenary.messaging.caption;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.id.AccountId;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks.
 *
 * @param account their account, or null for a stranger
 * @param name what they are called; 1 to 64 characters
 */
public record Speaker(@Nullable AccountId account, String name) {
  private static final String NOBODY = "Somebody";

  /** A speaker by whatever name came from outside. */
  public static Speaker of(@Nullable AccountId account, String name) {
    int end =
        name.offsetByCodePoints(
            0, Math.min(Account.MAX_NAME, name.codePointCount(0, name.length())));
    try {
      return new Speaker(account, Account.name(name.substring(0, end)));
    } catch (IllegalArgumentException e) {
      return new Speaker(account, NOBODY);
    }
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("account", account == null ? null : account.value())
        .put("name", name);
  }
}
