package chat.plenary.messaging.organisation;

import static chat.plenary.messaging.organisation.Office.PASSWORD;
import static chat.plenary.messaging.organisation.Office.fault;
import static chat.plenary.messaging.organisation.Office.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Revoked;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.account.SignedIn;
import chat.plenary.messaging.fault.Fault.Code;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrganisationsTest {
  private final Office office = new Office();
  private final Organisations organisations = office.organisations;

  @AfterEach
  void close() {
    office.close();
  }

  private Caller stranger() {
    OrganisationId other = get(organisations.create("Council", "zoe", "Zoe", PASSWORD));
    AccountId zoe = AccountId.of(other.value(), "owner", "zoe");
    return new Caller(zoe, other, null, Role.OWNER, false);
  }

  @Test
  void fiveHundredMembersComeInByOneEntry() {
    String[] userids =
        IntStream.range(0, 500).mapToObj("user%03d"::formatted).toArray(String[]::new);
    int before = office.log.entries().size();

    List<Joining.Joined> joined = office.add(office.alice, Role.MEMBER, userids);

    assertThat(joined).extracting(Joining.Joined::userid).containsExactly(userids);
    assertThat(joined).allSatisfy(one -> assertThat(one.problem()).isNull());
    assertThat(office.log.entries()).hasSize(before + 1);
    assertThat(office.state().size()).isEqualTo(501);
    office.log.forget();
    assertThat(office.state().size()).isEqualTo(501);
  }

  @Test
  void whatIsWrongWithOneMemberIsToldOfThatOne() {
    List<Joining.Joined> joined =
        office.add(office.alice, Role.MEMBER, "bob", "Alice", "carol", "BOB");

    assertThat(joined)
        .extracting(
            Joining.Joined::userid, one -> one.problem() == null ? null : one.problem().field())
        .containsExactly(
            tuple("bob", null),
            tuple("Alice", "members[1].userid"),
            tuple("carol", null),
            tuple("BOB", "members[3].userid"));
    assertThat(joined.get(1).problem().code()).isEqualTo(Code.CONFLICT);
    assertThat(office.state().size()).isEqualTo(3);
  }

  @Test
  void twoWhoAddTheSameUseridAtOnceMakeOneAccount() {
    var candidate = new Joining.Candidate("bob", "Bob", null, Role.MEMBER, List.of());
    var one = organisations.add(office.alice, List.of(candidate));
    var other = organisations.add(office.alice, List.of(candidate));

    assertThat(List.of(get(one).get(0), get(other).get(0)))
        .filteredOn(joined -> joined.problem() == null)
        .hasSize(1);
  }

  @Test
  void onlyThoseWhoAdministerChangeMembersAndOnlyOwnersTouchOwners() {
    office.add(office.alice, Role.ADMIN, "carol");
    office.add(office.alice, Role.MEMBER, "bob");
    Caller carol = office.caller("carol");
    Caller bob = office.caller("bob");
    AccountId alice = office.alice.account();

    assertThat(fault(organisations.remove(bob, carol.account())).code()).isEqualTo(Code.FORBIDDEN);
    assertThat(fault(organisations.add(bob, List.of())).code()).isEqualTo(Code.FORBIDDEN);
    assertThat(fault(organisations.remove(carol, alice)).code()).isEqualTo(Code.FORBIDDEN);
    assertThat(fault(organisations.change(carol, alice, "X", null, null, null)).code())
        .isEqualTo(Code.FORBIDDEN);
    assertThat(
            fault(organisations.change(carol, bob.account(), null, Role.OWNER, null, null)).field())
        .isEqualTo("role");
    assertThat(office.add(carol, Role.OWNER, "dan").get(0).problem().code())
        .isEqualTo(Code.FORBIDDEN);
    assertThat(get(organisations.change(carol, bob.account(), "Robert", null, null, null)).name())
        .isEqualTo("Robert");
  }

  @Test
  void theLastOwnerCanNeitherBeRemovedNorDisabledNorMadeLess() {
    AccountId alice = office.alice.account();

    assertThat(fault(organisations.remove(office.alice, alice)).code()).isEqualTo(Code.CONFLICT);
    assertThat(fault(organisations.change(office.alice, alice, null, null, true, null)).code())
        .isEqualTo(Code.CONFLICT);
    assertThat(
            fault(organisations.change(office.alice, alice, null, Role.ADMIN, null, null)).code())
        .isEqualTo(Code.CONFLICT);

    office.add(office.alice, Role.OWNER, "olga");
    Caller olga = office.caller("olga");
    get(organisations.change(olga, alice, null, null, true, null));
    assertThat(fault(organisations.remove(olga, olga.account())).code()).isEqualTo(Code.CONFLICT);
    get(organisations.remove(olga, alice));
  }

  @Test
  void aDisabledAccountIsRefusedAtOnceAndSilencedAndDoesNotComeBackWithItsOldToken() {
    AccountId bob = office.join("bob", Role.MEMBER);
    SignedIn signedIn = office.signIn("bob");
    assertThat(get(office.callerOf(signedIn)).account()).isEqualTo(bob);

    get(organisations.change(office.alice, bob, null, null, true, null));

    assertThat(fault(office.callerOf(signedIn)).code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(fault(office.accounts.refresh(signedIn.refreshToken().text())).code())
        .isEqualTo(Code.UNAUTHENTICATED);
    assertThat(office.silenced)
        .containsExactly(new Revoked(office.id, bob, null, Revoked.Reason.DISABLED));
    get(organisations.change(office.alice, bob, null, null, false, null));
    assertThat(fault(office.callerOf(signedIn)).code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(get(office.callerOf(office.signIn("bob"))).account()).isEqualTo(bob);
  }

  @Test
  void aRemovedAccountIsRefusedAndSilencedAndItsUseridIsFreeAgain() {
    AccountId bob = office.join("bob", Role.MEMBER);
    SignedIn signedIn = office.signIn("bob");

    get(organisations.remove(office.alice, bob));

    assertThat(fault(office.callerOf(signedIn)).code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(office.silenced)
        .containsExactly(new Revoked(office.id, bob, null, Revoked.Reason.REMOVED));
    AccountId next = office.join("Bob", Role.MEMBER);
    assertThat(next).isNotEqualTo(bob);
    assertThat(get(organisations.accounts(office.alice, List.of(bob, next))))
        .extracting(Account::id, Account::disabled)
        .containsExactly(tuple(bob, true), tuple(next, false));
  }

  @Test
  void aChangedRoleIsToldToConnectionsAndHoldsAtOnce() {
    AccountId bob = office.join("bob", Role.MEMBER);
    SignedIn signedIn = office.signIn("bob");

    get(organisations.change(office.alice, bob, null, Role.ADMIN, null, null));

    assertThat(get(office.callerOf(signedIn)).role()).isEqualTo(Role.ADMIN);
    assertThat(office.silenced)
        .containsExactly(new Revoked(office.id, bob, null, Revoked.Reason.ROLE_CHANGED));
  }

  @Test
  void anotherOrganisationIsInvisible() {
    Caller zoe = stranger();
    AccountId bob = office.join("bob", Role.MEMBER);

    assertThat(get(organisations.accounts(zoe, List.of(bob, zoe.account()))))
        .extracting(Account::id)
        .containsExactly(zoe.account());
    assertThat(get(organisations.members(zoe, null, 100, null)).members())
        .extracting(Account::userid)
        .containsExactly("zoe");
    assertThat(fault(organisations.remove(zoe, bob)).code()).isEqualTo(Code.NOT_FOUND);
    assertThat(fault(organisations.change(zoe, bob, "X", null, null, null)).code())
        .isEqualTo(Code.NOT_FOUND);
    assertThat(fault(office.accounts.tickets(zoe, bob, 1)).code()).isEqualTo(Code.NOT_FOUND);
    assertThat(fault(office.accounts.signOutAll(zoe, bob, Revoked.Reason.SIGNED_OUT)).code())
        .isEqualTo(Code.NOT_FOUND);
    Caller liar = new Caller(zoe.account(), office.id, null, Role.OWNER, false);
    assertThat(fault(organisations.remove(liar, bob)).code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void membersArePagedByUseridAndFoundByPartsOfNamesAndUserids() {
    office.add(office.alice, Role.MEMBER, "Dan", "bob", "carol", "erin");
    get(
        organisations.change(
            office.alice, office.account("erin").id(), "Zo\u00eb", null, null, null));

    List<String> seen = new ArrayList<>();
    String after = null;
    do {
      Organisations.Page page = get(organisations.members(office.alice, after, 2, null));
      page.members().forEach(member -> seen.add(member.userid()));
      after = page.next();
    } while (after != null);

    assertThat(seen).containsExactly("alice", "bob", "carol", "Dan", "erin");
    assertThat(get(organisations.members(office.alice, null, 10, "ZO\u00cb")).members())
        .extracting(Account::userid)
        .containsExactly("erin");
    assertThat(get(organisations.members(office.alice, null, 10, "RO")).members())
        .extracting(Account::userid)
        .containsExactly("carol");
  }

  @Test
  void departmentsFormATreeAndMembersBelongToThoseThatExist() {
    get(organisations.put(office.alice, new Department("staff", "Staff", null)));
    get(organisations.put(office.alice, new Department("it", "IT", "staff")));

    assertThat(
            fault(organisations.put(office.alice, new Department("staff", "Staff", "it"))).field())
        .isEqualTo("parent");
    assertThat(fault(organisations.put(office.alice, new Department("x", "X", "none"))).field())
        .isEqualTo("parent");
    assertThat(
            fault(
                    organisations.change(
                        office.alice, office.alice.account(), null, null, null, List.of("none")))
                .field())
        .isEqualTo("departments[0]");
    get(
        organisations.change(
            office.alice, office.alice.account(), null, null, null, List.of("it")));
    assertThat(fault(organisations.removeDepartment(office.alice, "it")).code())
        .isEqualTo(Code.CONFLICT);
    get(organisations.change(office.alice, office.alice.account(), null, null, null, List.of()));
    get(organisations.removeDepartment(office.alice, "it"));
    assertThat(office.state().departments()).extracting(Department::id).containsExactly("staff");
  }

  @Test
  void anOrganisationsNameIsTakenOnceWithoutRegardToCase() {
    assertThat(fault(organisations.create("ASSEMBLY", "x", "X", PASSWORD)).code())
        .isEqualTo(Code.CONFLICT);

    get(organisations.rename(office.alice, "General Assembly"));

    assertThat(get(organisations.find("general assembly"))).isEqualTo(office.id);
    assertThat(get(organisations.find("Assembly"))).isNull();
    assertThat(get(organisations.find(null))).isEqualTo(office.id);
    stranger();
    assertThat(fault(organisations.rename(office.alice, "council")).code())
        .isEqualTo(Code.CONFLICT);
    assertThat(get(organisations.find(null))).isNull();
  }

  @Test
  void namesLoseWhatMakesThemLookLikeOthers() {
    assertThat(Account.name("  Alice\u202e \u200bAdams\u0007 ")).isEqualTo("Alice Adams");
  }

  @Test
  void theOrganisationsOwnAccountMakesAndRemovesBotsAndNothingElse() {
    Caller service = Caller.service(office.alice.organisation());
    AccountId robot = AccountId.random();
    get(organisations.addBot(service, robot, "robot", "Robot"));
    assertThat(office.state().account(robot).bot()).isTrue();
    assertThat(fault(organisations.addBot(service, robot, "robot2", "Robot")).code())
        .isEqualTo(Code.CONFLICT);

    AccountId bob = office.add(office.alice, Role.MEMBER, "bob").get(0).id();
    assertThat(fault(organisations.remove(service, bob)).code()).isEqualTo(Code.FORBIDDEN);
    assertThat(fault(organisations.keep(service, 1)).code()).isEqualTo(Code.FORBIDDEN);
    assertThat(fault(organisations.change(service, robot, null, Role.ADMIN, null, null)).code())
        .isEqualTo(Code.FORBIDDEN);
    Caller elsewhere =
        new Caller(service.account(), stranger().organisation(), null, Role.MEMBER, true);
    assertThat(fault(organisations.addBot(elsewhere, AccountId.random(), "spy", "Spy")).code())
        .isEqualTo(Code.NOT_FOUND);

    get(organisations.remove(service, robot));
    assertThat(office.state().account(robot)).isNull();
    assertThat(fault(organisations.remove(service, robot)).code()).isEqualTo(Code.NOT_FOUND);
  }
}
