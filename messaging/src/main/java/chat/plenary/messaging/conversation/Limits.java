package chat.plenary.messaging.conversation;

import java.time.Duration;

/**
 * Limits of conversations; all nodes of a cluster must agree on them.
 *
 * @param groupMembers members of a group, 2 to 10,000
 * @param recall for how long a sender may recall a message; owners of groups always may
 * @param edit for how long a sender may edit a message; cards of bots may always be replaced
 */
public record Limits(int groupMembers, Duration recall, Duration edit) {
  public Limits {
    if (groupMembers < 2 || groupMembers > 10_000) {
      throw new IllegalArgumentException("a group has 2 to 10,000 members: " + groupMembers);
    }
    if (recall.isNegative() || edit.isNegative()) {
      throw new IllegalArgumentException("times to recall and edit are not negative");
    }
  }

  /** 2,000 members, 24 hours to recall, 24 hours to edit. */
  public static Limits defaults() {
    return new Limits(2_000, Duration.ofHours(24), Duration.ofHours(24));
  }
}
