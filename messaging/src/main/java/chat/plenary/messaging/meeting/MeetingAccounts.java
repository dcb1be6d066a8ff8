package chat.plenary.messaging.meeting;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.organisation.OrganisationState;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The accounts of organisations, as meetings need them. */
final class MeetingAccounts {
  private final Log log;

  MeetingAccounts(Log log) {
    this.log = log;
  }

  /** An account of an organisation. */
  Future<Optional<Account>> of(OrganisationId organisation, AccountId id) {
    return state(organisation).map(state -> Optional.ofNullable(state.account(id)));
  }

  /** Whose account somebody is, whom a provider tells of; empty for a guest. */
  Future<Optional<AccountId>> of(OrganisationId organisation, Participant participant) {
    return state(organisation)
        .map(
            state -> {
              AccountId account = participant.account();
              String userid = participant.userid();
              Account known = account == null ? null : state.account(account);
              if (known == null && userid != null) {
                known = state.byUserid(userid);
              }
              return Optional.ofNullable(id(known));
            });
  }

  private static @Nullable AccountId id(@Nullable Account known) {
    return known == null ? null : known.id();
  }

  private Future<OrganisationState> state(OrganisationId organisation) {
    return log.state(ConversationId.of(organisation)).map(state -> (OrganisationState) state);
  }
}
