package chat.plenary.messaging.account;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.SessionId;
import chat.plenary.messaging.log.State;
import org.jspecify.annotations.Nullable;

/**
 * An organisation as far as signing in and tokens are judged by it: the state of its log, which the
 * package of organisations folds. It stands here so that accounts need not know organisations.
 */
public interface Roster extends State {
  /** The organisation's name; empty where the organisation does not exist. */
  String name();

  /** An account of this organisation, disabled ones too; null where it has none such. */
  @Nullable Account account(AccountId id);

  /** An account by its userid, without regard to case; null where there is none. */
  @Nullable Account byUserid(String userid);

  /**
   * Whether a session is among those that were ended one by one in the last 15 minutes. Older ones
   * need no memory here: their access tokens have expired and their rows are gone.
   */
  boolean hasEnded(SessionId session);
}
