package chat.plenary.messaging.organisation;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may change what in an organisation: owners and administrators change members; only owners
 * touch owners; at least one owner can act at all times.
 */
final class Judgement {
  /** Accounts of one organisation, at the most: its members stand in memory. */
  static final int MOST_ACCOUNTS = 100_000;

  private final OrganisationState organisation;
  private final AccountId sender;

  Judgement(OrganisationState organisation, AccountId sender) {
    this.organisation = organisation;
    this.sender = sender;
  }

  /** Null where it may be done. */
  @Nullable Fault of(Change change) {
    if (change instanceof Change.Created created) {
      return created(created);
    }
    if (organisation.exists() && sender.equals(AccountId.service(organisation.id()))) {
      return service(change);
    }
    Account actor = organisation.account(sender);
    if (actor == null || actor.disabled()) {
      return Fault.notFound("organisation");
    }
    if (change instanceof Change.SessionsRevoked revoked) {
      return revoked(actor, revoked.revoked().account());
    }
    if (!actor.role().administers()) {
      return Fault.of(
          Fault.Code.FORBIDDEN, "Only owners and administrators change the organisation.");
    }
    if (change instanceof Change.DepartmentChanged changed) {
      return department(changed);
    }
    if (change instanceof Change.Added added) {
      return added(actor.role(), added.members());
    }
    if (change instanceof Change.MemberChanged changed) {
      return changed(actor, changed);
    }
    if (change instanceof Change.Removed removed) {
      return removed(actor.role(), removed.account());
    }
    return null;
  }

  /**
   * The organisation's own account is no member of it. Features make and remove bots by it where
   * the organisation lets others than administrators have them made; it does nothing else.
   */
  private @Nullable Fault service(Change change) {
    if (change instanceof Change.Added added
        && added.members().stream().allMatch(one -> one.bot() && one.role() == Role.MEMBER)) {
      return added(Role.MEMBER, added.members());
    }
    if (change instanceof Change.Removed removed) {
      Account target = organisation.account(removed.account());
      return target == null || target.bot()
          ? removed(Role.MEMBER, removed.account())
          : Fault.of(Fault.Code.FORBIDDEN, "An organisation's own account removes only bots.");
    }
    return Fault.of(Fault.Code.FORBIDDEN, "An organisation's own account may not do this.");
  }

  private @Nullable Fault created(Change.Created created) {
    if (organisation.seq() > 0) {
      return Fault.of(Fault.Code.CONFLICT, "organisation.name", "This name is taken.");
    }
    boolean owner =
        created.owner().role() == Role.OWNER
            && !created.owner().bot()
            && created.owner().id().equals(sender)
            && created.owner().departments().isEmpty();
    return owner ? null : Fault.invalid("owner", "An organisation begins with its owner.");
  }

  private @Nullable Fault revoked(Account actor, AccountId target) {
    if (actor.id().equals(target)) {
      return null;
    }
    if (!actor.role().administers()) {
      return Fault.of(
          Fault.Code.FORBIDDEN, "Only owners and administrators end the sessions of others.");
    }
    return touched(actor.role(), target);
  }

  private @Nullable Fault department(Change.DepartmentChanged changed) {
    Department department = changed.department();
    Department known = organisation.department(department.id());
    if (changed.removed()) {
      if (known == null) {
        return Fault.notFound("department");
      }
      boolean used =
          organisation.departments().stream()
                  .anyMatch(other -> department.id().equals(other.parent()))
              || organisation.byUserid().stream()
                  .anyMatch(account -> account.departments().contains(department.id()));
      return used
          ? Fault.of(Fault.Code.CONFLICT, "id", "The department still has members or departments.")
          : null;
    }
    if (known == null && organisation.departments().size() >= Department.MOST) {
      return Fault.of(
          Fault.Code.CONFLICT, "An organisation has at most " + Department.MOST + " departments.");
    }
    return above(department);
  }

  /** What stands above a department must exist and not be the department itself. */
  private @Nullable Fault above(Department department) {
    String parent = department.parent();
    while (parent != null) {
      Department next = organisation.department(parent);
      if (next == null) {
        return Fault.invalid("parent", "There is no such department.");
      }
      if (next.id().equals(department.id())) {
        return Fault.invalid("parent", "A department cannot stand below itself.");
      }
      parent = next.parent();
    }
    return null;
  }

  private @Nullable Fault added(Role actor, List<Change.NewMember> members) {
    if (members.isEmpty() || members.size() > Change.MOST) {
      return Fault.invalid("members", "One entry adds 1 to " + Change.MOST + " members.");
    }
    if (organisation.size() + members.size() > MOST_ACCOUNTS) {
      return Fault.of(
          Fault.Code.CONFLICT,
          "members",
          "An organisation has at most " + MOST_ACCOUNTS + " accounts.");
    }
    Set<String> userids = new HashSet<>();
    Set<AccountId> ids = new HashSet<>();
    for (int i = 0; i < members.size(); i++) {
      Fault fault = added(actor, members.get(i), "members[" + i + "]");
      if (fault != null) {
        return fault;
      }
      if (!userids.add(Account.folded(members.get(i).userid())) || !ids.add(members.get(i).id())) {
        return Fault.of(
            Fault.Code.CONFLICT, "members[" + i + "].userid", "This userid is named twice.");
      }
    }
    return null;
  }

  /**
   * Whether one account may be added.
   *
   * @param path how faults name it
   */
  @Nullable Fault added(Role actor, Change.NewMember member, String path) {
    if (organisation.byUserid(member.userid()) != null
        || organisation.account(member.id()) != null) {
      return Fault.of(Fault.Code.CONFLICT, path + ".userid", "This userid is taken.");
    }
    if (member.role() == Role.OWNER && actor != Role.OWNER) {
      return Fault.of(Fault.Code.FORBIDDEN, path + ".role", "Only owners make owners.");
    }
    if (member.role() == Role.OWNER && member.bot()) {
      return Fault.invalid(path + ".role", "A bot cannot be an owner.");
    }
    return departments(member.departments(), path + ".departments");
  }

  private @Nullable Fault departments(List<String> departments, String path) {
    if (departments.size() > Account.MAX_DEPARTMENTS) {
      return Fault.invalid(
          path, "An account belongs to at most " + Account.MAX_DEPARTMENTS + " departments.");
    }
    for (int i = 0; i < departments.size(); i++) {
      if (!organisation.hasDepartment(departments.get(i))) {
        return Fault.invalid(path + "[" + i + "]", "There is no such department.");
      }
    }
    return null;
  }

  private @Nullable Fault changed(Account actor, Change.MemberChanged change) {
    Fault fault = touched(actor.role(), change.account());
    Account target = organisation.account(change.account());
    if (fault != null || target == null) {
      return fault;
    }
    if (change.role() == Role.OWNER && actor.role() != Role.OWNER) {
      return Fault.of(Fault.Code.FORBIDDEN, "role", "Only owners make owners.");
    }
    if (change.role() == Role.OWNER && target.bot()) {
      return Fault.invalid("role", "A bot cannot be an owner.");
    }
    Account after = change.changed(target, organisation.seq() + 1);
    if (isLastOwner(target) && !Members.actsAsOwner(after)) {
      return lastOwner();
    }
    return change.departments() == null ? null : departments(change.departments(), "departments");
  }

  private @Nullable Fault removed(Role actor, AccountId id) {
    Fault fault = touched(actor, id);
    Account target = organisation.account(id);
    if (fault != null || target == null) {
      return fault;
    }
    return isLastOwner(target) ? lastOwner() : null;
  }

  /** Whether this actor may do anything to that account. */
  private @Nullable Fault touched(Role actor, AccountId id) {
    Account target = organisation.account(id);
    if (target == null) {
      return Fault.notFound("account");
    }
    return target.role() == Role.OWNER && actor != Role.OWNER
        ? Fault.of(Fault.Code.FORBIDDEN, "Only owners do this to owners.")
        : null;
  }

  private boolean isLastOwner(Account account) {
    return Members.actsAsOwner(account) && organisation.owners() == 1;
  }

  private static Fault lastOwner() {
    return Fault.of(Fault.Code.CONFLICT, "An organisation has an owner at all times.");
  }
}
