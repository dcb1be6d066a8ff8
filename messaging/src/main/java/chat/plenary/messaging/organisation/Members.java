package chat.plenary.messaging.organisation;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.id.AccountId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The accounts of one organisation, by id and by userid. Immutable. */
final class Members {
  static final Members NONE = new Members(Table.empty(), Table.empty(), 0);

  private final Table<AccountId, Account> byId;
  private final Table<String, AccountId> byUserid;
  private final int owners;

  // Made when somebody lists the members, and shared by all states in which they are the same.
  private volatile @Nullable List<Account> sorted;

  private Members(Table<AccountId, Account> byId, Table<String, AccountId> byUserid, int owners) {
    this.byId = byId;
    this.byUserid = byUserid;
    this.owners = owners;
  }

  int size() {
    return byId.size();
  }

  /** How many owners could act now. */
  int owners() {
    return owners;
  }

  @Nullable Account get(AccountId id) {
    return byId.get(id);
  }

  @Nullable Account byUserid(String userid) {
    AccountId id = byUserid.get(Account.folded(userid));
    return id == null ? null : byId.get(id);
  }

  /** All, by folded userid. The caller must not change the list. */
  List<Account> sorted() {
    List<Account> list = sorted;
    if (list == null) {
      List<Account> fresh = new ArrayList<>(byId.size());
      byId.forEachValue(fresh::add);
      fresh.sort(Comparator.comparing(account -> Account.folded(account.userid())));
      list = List.copyOf(fresh);
      sorted = list;
    }
    return list;
  }

  /**
   * The same with accounts added or replaced. One that is known as of a later entry stays: rows may
   * have been read that were ahead of the organisation's.
   */
  Members with(Collection<Account> accounts) {
    Map<AccountId, Account> newer = new HashMap<>();
    Map<String, AccountId> userids = new HashMap<>();
    int more = 0;
    for (Account account : accounts) {
      Account known = byId.get(account.id());
      if (known != null && known.seq() >= account.seq()) {
        continue;
      }
      more += (actsAsOwner(account) ? 1 : 0) - (known != null && actsAsOwner(known) ? 1 : 0);
      newer.put(account.id(), account);
      Account holder = byUserid(account.userid());
      if (holder == null || holder.seq() < account.seq()) {
        userids.put(Account.folded(account.userid()), account.id());
      }
    }
    return new Members(byId.withAll(newer), byUserid.withAll(userids), owners + more);
  }

  Members with(Account account) {
    return with(List.of(account));
  }

  Members without(AccountId id) {
    Account known = byId.get(id);
    if (known == null) {
      return this;
    }
    String userid = Account.folded(known.userid());
    return new Members(
        byId.without(id),
        id.equals(byUserid.get(userid)) ? byUserid.without(userid) : byUserid,
        owners - (actsAsOwner(known) ? 1 : 0));
  }

  static boolean actsAsOwner(Account account) {
    return account.role() == Role.OWNER && !account.disabled();
  }
}
