package chat.plenary.messaging.account;

import java.util.Locale;

/** What an account may do in its organisation. */
public enum Role {
  OWNER,
  ADMIN,
  MEMBER;

  /** The role by its name in the protocol ({@code owner}). */
  public static Role parse(String text) {
    for (Role role : values()) {
      if (role.text().equals(text)) {
        return role;
      }
    }
    throw new IllegalArgumentException("not a role: owner, admin or member");
  }

  /** The name in the protocol. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this role administers the organisation. */
  public boolean administers() {
    return this != MEMBER;
  }
}
