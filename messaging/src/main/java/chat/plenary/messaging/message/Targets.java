package chat.plenary.messaging.message;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.Member;
import chat.plenary.messaging.log.Entry;

/** Entries that are about another one: shown only to whoever may see both. */
public final class Targets {
  private Targets() {}

  /** The seq that an entry is about; 0 where it is about none. */
  public static long of(Entry entry) {
    return entry.body() == null ? 0 : Bson.number(entry.body(), "target", 0);
  }

  /** Whether a member who may see an entry may see what it is about too. */
  public static boolean shown(Entry entry, Member member) {
    long target = of(entry);
    return target == 0 || member.sees(target);
  }

  /**
   * An entry for those who may not see what it is about: its number, so that none is missing, and
   * no body.
   */
  public static EntryView withheld(Entry entry) {
    return new EntryView(entry, null, null, null);
  }
}
