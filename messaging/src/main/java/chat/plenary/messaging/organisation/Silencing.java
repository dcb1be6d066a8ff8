package chat.plenary.messaging.organisation;

import chat.plenary.messaging.account.Revocations;
import chat.plenary.messaging.account.Revoked;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.log.Applied;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.LiveListener;
import java.util.List;

/** Tells on every node, as entries are applied, who is to be silenced. */
final class Silencing implements LiveListener {
  private final Revocations revocations;

  Silencing(Revocations revocations) {
    this.revocations = revocations;
  }

  @Override
  public void applied(int lane, List<Applied> applied) {
    for (Applied one : applied) {
      if (one.entry().conversation().isOrganisation()) {
        heard(one.entry());
      }
    }
  }

  private void heard(Entry entry) {
    OrganisationId id = new OrganisationId(entry.conversation().value());
    Change change = Change.read(id, entry.kind(), entry.version(), entry.body());
    if (change instanceof Change.SessionsRevoked revoked) {
      revocations.tell(revoked.revoked());
    } else if (change instanceof Change.Removed removed) {
      revocations.tell(new Revoked(id, removed.account(), null, Revoked.Reason.REMOVED));
    } else if (change instanceof Change.MemberChanged changed) {
      if (Boolean.TRUE.equals(changed.disabled())) {
        revocations.tell(new Revoked(id, changed.account(), null, Revoked.Reason.DISABLED));
      } else if (changed.role() != null) {
        revocations.tell(new Revoked(id, changed.account(), null, Revoked.Reason.ROLE_CHANGED));
      }
    }
  }
}
