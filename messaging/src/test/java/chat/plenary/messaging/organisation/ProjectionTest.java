package chat.plenary.messaging.organisation;

import static chat.plenary.messaging.organisation.Office.get;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Revoked;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.account.SignedIn;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.SessionId;
import chat.plenary.messaging.log.DurableListener;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** For every kind of entry: old state and entries are the fresh state, from whatever rows. */
class ProjectionTest {
  private final Office office = new Office();
  private final List<SessionId> ended = new ArrayList<>();

  @AfterEach
  void close() {
    office.close();
  }

  /** What can be seen of a state, as one text. */
  private String seen(OrganisationState state) {
    List<String> sessions = new ArrayList<>();
    ended.forEach(session -> sessions.add(session + " " + state.hasEnded(session)));
    List<String> userids = new ArrayList<>();
    for (Account account : state.byUserid()) {
      userids.add(account.userid() + "=" + state.byUserid(account.userid()).id());
    }
    return String.join(
        "\n",
        "" + state.seq() + " " + state.n() + " " + state.name() + " " + state.owners(),
        state.departments().toString(),
        state.byUserid().toString(),
        userids.toString(),
        sessions.toString());
  }

  private void everyKind() {
    var organisations = office.organisations;
    get(organisations.put(office.alice, new Department("staff", "Staff", null)));
    get(organisations.put(office.alice, new Department("it", "IT", "staff")));
    get(organisations.put(office.alice, new Department("gone", "Gone", null)));
    get(organisations.removeDepartment(office.alice, "gone"));
    office.add(office.alice, Role.MEMBER, "bob", "carol", "dan", "erin");
    AccountId bob = office.join("bert", Role.MEMBER);
    AccountId carol = office.account("carol").id();
    get(organisations.change(office.alice, carol, "Caroline", Role.OWNER, null, List.of("it")));
    get(organisations.change(office.alice, carol, null, null, true, null));
    get(organisations.change(office.alice, office.account("dan").id(), null, null, true, null));
    get(organisations.change(office.alice, office.account("dan").id(), null, null, false, null));
    get(organisations.remove(office.alice, office.account("erin").id()));
    office.add(office.alice, Role.ADMIN, "Erin");
    SignedIn session = office.signIn("bert");
    ended.add(session.session());
    get(office.accounts.signOut(session.refreshToken().text()));
    get(office.accounts.signOutAll(office.alice, bob, Revoked.Reason.SIGNED_OUT));
    get(organisations.addBot(office.alice, "un75", "UN75"));
    get(organisations.rename(office.alice, "General Assembly"));
  }

  @Test
  void rowsOfAnyAgeAndTheEntriesAfterThemGiveTheStateThatWasFollowedLive() {
    everyKind();
    String live = seen(office.state());
    Set<String> kinds = new TreeSet<>();
    office.log.entries().forEach(entry -> kinds.add(entry.kind()));

    assertThat(kinds)
        .containsExactly(
            "department.changed",
            "member.changed",
            "member.removed",
            "members.added",
            "organisation.changed",
            "organisation.created",
            "sessions.revoked");
    office.log.forget();
    assertThat(seen(office.state())).isEqualTo(live);
  }

  @Test
  void rowsThatAreBehindAreMadeUpForByTheEntries() {
    office.add(office.alice, Role.MEMBER, "zed");
    office.log.projecting(false);
    everyKind();
    String live = seen(office.state());

    office.log.forget();

    assertThat(seen(office.state())).isEqualTo(live);
  }

  @Test
  void rowsOfAccountsThatAreAheadOfTheOrganisationsChangeNothing() {
    List<BsonDocument> older = new ArrayList<>();
    office.log.listen(recorder(older));
    everyKind();
    String live = seen(office.state());

    for (BsonDocument row : older) {
      get(office.store.delete(Rows.ORGANISATIONS, List.of(office.id.value())));
      get(office.store.insert(Rows.ORGANISATIONS, List.of(row)));
      office.log.forget();
      assertThat(seen(office.state())).as("from %d", Rows.number(row, "seq")).isEqualTo(live);
    }
    assertThat(older).hasSizeGreaterThan(15);
  }

  /** Keeps the organisation's row as it was after each entry. */
  private DurableListener recorder(List<BsonDocument> rows) {
    return new DurableListener() {
      @Override
      public String name() {
        return "recorder";
      }

      @Override
      public Future<Void> take(int lane, List<Entry> entries) {
        return office
            .store
            .get(Rows.ORGANISATIONS, List.of(office.id.value()))
            .map(
                found -> {
                  rows.addAll(found);
                  return null;
                });
      }
    };
  }

  @Test
  void entriesThatComeTwiceChangeNothing() {
    everyKind();
    String live = seen(office.state());
    Projection projection = new Projection(office.store);
    List<Entry> entries = office.log.entries();

    get(projection.take(0, entries));
    get(office.store.update(Rows.ORGANISATIONS, Update.of(office.id.value()).set("seq", 1)));
    get(projection.take(0, entries));

    office.log.forget();
    assertThat(seen(office.state())).isEqualTo(live);
  }

  @Test
  void aBatchOfAllEntriesGivesTheSameRowsAsOneByOne() {
    office.log.projecting(false);
    everyKind();
    String live = seen(office.state());

    get(new Projection(office.store).take(0, office.log.entries()));

    office.log.forget();
    assertThat(get(new Rows(office.store, office.clock).load(office.id)).seq())
        .isEqualTo(office.state().seq());
    assertThat(seen(office.state())).isEqualTo(live);
  }

  @Test
  void endedSessionsAreForgottenOnceTheirTokensHaveExpired() {
    office.join("bert", Role.MEMBER);
    for (int i = 0; i < 5; i++) {
      SignedIn session = office.signIn("bert");
      ended.add(session.session());
      get(office.accounts.signOut(session.refreshToken().text()));
      office.clock.pass(Duration.ofMinutes(40));
    }

    office.log.forget();

    assertThat(office.state().hasEnded(ended.get(0))).isFalse();
    assertThat(get(office.store.find(Query.in("endings", "_id")))).hasSize(2);
  }
}
