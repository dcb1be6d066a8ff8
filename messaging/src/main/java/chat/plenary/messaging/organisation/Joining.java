package chat.plenary.messaging.organisation;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Accounts;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.OrganisationLog;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.Ref;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How members are added in bulk: one entry for all with whom nothing is wrong. */
public final class Joining {
  private static final int RACES = 3;

  /**
   * Who is to be a member.
   *
   * @param password null for one who signs in by tickets only
   */
  public record Candidate(
      String userid, String name, @Nullable String password, Role role, List<String> departments) {
    @Override
    public String toString() {
      return "Candidate[" + userid + "]";
    }
  }

  /**
   * What became of a candidate.
   *
   * @param id the account, or null
   * @param problem why there is none, or null
   */
  public record Joined(String userid, @Nullable AccountId id, @Nullable Fault problem) {}

  private final OrganisationLog log;
  private final Accounts accounts;

  Joining(OrganisationLog log, Accounts accounts) {
    this.log = log;
    this.accounts = accounts;
  }

  Future<List<Joined>> add(Caller caller, List<Candidate> candidates) {
    if (!caller.role().administers()) {
      return Future.failedFuture(
          Fault.of(Fault.Code.FORBIDDEN, "Only owners and administrators add members."));
    }
    if (candidates.isEmpty() || candidates.size() > Change.MOST) {
      return Future.failedFuture(
          Fault.invalid("members", "This list has 1 to " + Change.MOST + " members."));
    }
    List<Change.NewMember> members = new ArrayList<>();
    for (Candidate one : candidates) {
      members.add(
          new Change.NewMember(
              AccountId.random(), one.userid(), one.name(), one.role(), false, one.departments()));
    }
    return judged(caller, members)
        .compose(
            problems ->
                passwords(candidates, members, problems)
                    .compose(set -> append(caller, members, problems, RACES)));
  }

  /** What is wrong with whom, as of this node's tail. */
  private Future<Map<AccountId, Fault>> judged(Caller caller, List<Change.NewMember> members) {
    return log.roster(caller.organisation())
        .map(
            roster -> {
              Account actor = roster.account(caller.account());
              if (actor == null) {
                throw Fault.notFound("organisation");
              }
              Judgement judgement = new Judgement((OrganisationState) roster, caller.account());
              Map<AccountId, Fault> problems = new HashMap<>();
              Set<String> userids = new HashSet<>();
              for (int i = 0; i < members.size(); i++) {
                Change.NewMember member = members.get(i);
                String path = "members[" + i + "]";
                Fault fault = judgement.added(actor.role(), member, path);
                if (fault == null && !userids.add(Account.folded(member.userid()))) {
                  fault =
                      Fault.of(
                          Fault.Code.CONFLICT, path + ".userid", "This userid is named twice.");
                }
                if (fault != null) {
                  problems.put(member.id(), fault);
                }
              }
              return problems;
            });
  }

  /** One after the other: a long list must not keep others from signing in. */
  private Future<Void> passwords(
      List<Candidate> candidates, List<Change.NewMember> members, Map<AccountId, Fault> problems) {
    Future<Void> done = Future.succeededFuture();
    for (int i = 0; i < candidates.size(); i++) {
      String password = candidates.get(i).password();
      AccountId id = members.get(i).id();
      if (password != null && !problems.containsKey(id)) {
        done = done.compose(before -> accounts.firstPassword(id, password));
      }
    }
    return done;
  }

  private Future<List<Joined>> append(
      Caller caller, List<Change.NewMember> members, Map<AccountId, Fault> problems, int races) {
    List<Change.NewMember> good =
        members.stream().filter(member -> !problems.containsKey(member.id())).toList();
    if (good.isEmpty()) {
      return Future.succeededFuture(joined(members, problems));
    }
    return log.append(
            caller.organisation(),
            caller.account(),
            new Ref(UUID.randomUUID().toString()),
            Change.Added.KIND,
            new Change.Added(good).body())
        .compose(
            added -> Future.succeededFuture(joined(members, problems)),
            refused -> again(caller, good, members, problems, races, refused));
  }

  /** Somebody was faster with one of the userids, perhaps: whoever is still good comes in. */
  private Future<List<Joined>> again(
      Caller caller,
      List<Change.NewMember> good,
      List<Change.NewMember> members,
      Map<AccountId, Fault> problems,
      int races,
      Throwable refused) {
    boolean lost = refused instanceof Fault fault && fault.code() == Fault.Code.CONFLICT;
    if (!lost || races == 0) {
      return Future.failedFuture(refused);
    }
    return judged(caller, good)
        .compose(
            more -> {
              if (more.isEmpty()) {
                return Future.failedFuture(refused);
              }
              problems.putAll(more);
              return append(caller, members, problems, races - 1);
            });
  }

  private static List<Joined> joined(
      List<Change.NewMember> members, Map<AccountId, Fault> problems) {
    return members.stream()
        .map(
            member -> {
              Fault problem = problems.get(member.id());
              return new Joined(member.userid(), problem == null ? member.id() : null, problem);
            })
        .toList();
  }
}
