package chat.plenary.messaging.organisation;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Revoked;
import chat.plenary.messaging.account.Roster;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.SessionId;
import chat.plenary.messaging.log.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An organisation after some entry of its log. Immutable. */
public final class OrganisationState implements Roster {
  private final OrganisationId id;
  private final long seq;
  private final long n;
  private final long m;
  private final String name;
  private final int days;
  private final Map<String, Department> departments;
  private final Members members;
  private final Ended ended;

  OrganisationState(
      OrganisationId id,
      long seq,
      long n,
      long m,
      String name,
      int days,
      Map<String, Department> departments,
      Members members,
      Ended ended) {
    this.id = id;
    this.seq = seq;
    this.n = n;
    this.m = m;
    this.name = name;
    this.days = days;
    this.departments = departments;
    this.members = members;
    this.ended = ended;
  }

  /** An organisation that does not exist. */
  static OrganisationState none(OrganisationId id) {
    return new OrganisationState(id, 0, 0, 0, "", 0, Map.of(), Members.NONE, Ended.NONE);
  }

  /** The organisation's id. */
  public OrganisationId id() {
    return id;
  }

  @Override
  public long seq() {
    return seq;
  }

  @Override
  public long n() {
    return n;
  }

  @Override
  public long m() {
    return m;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public @Nullable Account account(AccountId account) {
    return members.get(account);
  }

  @Override
  public @Nullable Account byUserid(String userid) {
    return members.byUserid(userid);
  }

  @Override
  public boolean hasEnded(SessionId session) {
    return ended.contains(session);
  }

  /** For how many days what is said is kept; 0 keeps it for ever. */
  public int retentionDays() {
    return days;
  }

  /** Whether it was created. */
  public boolean exists() {
    return !name.isEmpty();
  }

  /** The departments, by their ids; at most {@value Department#MOST}. */
  public List<Department> departments() {
    return List.copyOf(departments.values());
  }

  /** Whether there is such a department. */
  public boolean hasDepartment(String department) {
    return departments.containsKey(department);
  }

  /** How many accounts it has, bots and disabled ones too. */
  public int size() {
    return members.size();
  }

  /** Owners who could act now: at least one, as long as the organisation exists. */
  int owners() {
    return members.owners();
  }

  /** All accounts by userid, without regard to case. Not to be changed. */
  public List<Account> byUserid() {
    return members.sorted();
  }

  @Nullable Department department(String department) {
    return departments.get(department);
  }

  /** The state after one more entry. */
  OrganisationState after(Entry entry) {
    Change change = Change.read(id, entry.kind(), entry.version(), entry.body());
    String nextName = name;
    int nextDays = days;
    Map<String, Department> nextDepartments = departments;
    Members nextMembers = members;
    Ended nextEnded = ended;
    if (change instanceof Change.Created created) {
      nextName = created.name();
      nextMembers = members.with(created.owner().account(entry.seq()));
    } else if (change instanceof Change.Renamed renamed) {
      nextName = renamed.name();
    } else if (change instanceof Change.RetentionChanged changed) {
      nextDays = changed.days();
    } else if (change instanceof Change.DepartmentChanged changed) {
      nextDepartments = with(departments, changed);
    } else if (change instanceof Change.Added added) {
      nextMembers =
          members.with(added.members().stream().map(one -> one.account(entry.seq())).toList());
    } else if (change instanceof Change.MemberChanged changed) {
      Account before = members.get(changed.account());
      if (before != null) {
        nextMembers = members.with(changed.changed(before, entry.seq()));
      }
    } else if (change instanceof Change.Removed removed) {
      nextMembers = members.without(removed.account());
    } else if (change instanceof Change.SessionsRevoked revoked) {
      SessionId session = revoked.revoked().session();
      if (session != null) {
        nextEnded = ended.with(session, entry.at());
      } else {
        nextMembers = signedOut(revoked.revoked(), entry.seq());
      }
    }
    return new OrganisationState(
        id,
        entry.seq(),
        entry.n(),
        entry.m(),
        nextName,
        nextDays,
        nextDepartments,
        nextMembers,
        nextEnded);
  }

  private Members signedOut(Revoked revoked, long at) {
    Account before = members.get(revoked.account());
    return before == null ? members : members.with(signedOut(before, at));
  }

  static Account signedOut(Account before, long at) {
    return new Account(
        before.id(),
        before.userid(),
        before.name(),
        before.role(),
        before.bot(),
        before.disabled(),
        before.departments(),
        at,
        at);
  }

  /** Departments after a change, in the order of their ids. */
  static Map<String, Department> with(
      Map<String, Department> departments, Change.DepartmentChanged changed) {
    Map<String, Department> more = new TreeMap<>(departments);
    if (changed.removed()) {
      more.remove(changed.department().id());
    } else {
      more.put(changed.department().id(), changed.department());
    }
    return new LinkedHashMap<>(more);
  }

  @Override
  public String toString() {
    return "OrganisationState[" + id + " at " + seq + ", " + members.size() + " accounts]";
  }
}
