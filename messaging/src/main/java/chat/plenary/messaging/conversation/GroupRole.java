package chat.plenary.messaging.conversation;

import java.util.Locale;

/** What a member may do in a group. */
public enum GroupRole {
  OWNER,
  ADMIN,
  MEMBER;

  /** The name in the protocol and in the store. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that name; a member where the name is of a later version. */
  public static GroupRole of(String text) {
    for (GroupRole role : values()) {
      if (role.text().equals(text)) {
        return role;
      }
    }
    return MEMBER;
  }

  /** Whether this role may rename, add and remove. */
  public boolean administers() {
    return this != MEMBER;
  }
}
