package chat.plenary.messaging.organisation;

import static chat.plenary.messaging.organisation.Office.PASSWORD;
import static chat.plenary.messaging.organisation.Office.fault;
import static chat.plenary.messaging.organisation.Office.get;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.TestClock;
import chat.plenary.messaging.account.Accounts;
import chat.plenary.messaging.account.Limits;
import chat.plenary.messaging.account.Secret;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Fault.Code;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.store.sim.DrivenStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SetUpTest {
  private final TestClock clock = new TestClock();
  private final DrivenStore store = new DrivenStore();
  private final PlainLog log = new PlainLog(new OrganisationMachine(store, clock), clock);
  private final Accounts accounts =
      get(Accounts.open(store, log, Limits.DEFAULTS, "plenary-test", clock));
  private final Organisations organisations = Organisations.open(store, log, accounts, clock);
  private final SetUp setUp = organisations.setUp();

  @AfterEach
  void close() {
    accounts.close();
    store.close();
  }

  @Test
  void theHolderOfTheLinkMakesTheFirstOrganisationOnce() {
    Secret token = get(setUp.offer());

    OrganisationId id =
        get(setUp.complete(token.text(), "Assembly", "alice", "Alice Adams", PASSWORD));

    assertThat(get(accounts.signIn(id, "alice", PASSWORD, "192.0.2.1")).account().name())
        .isEqualTo("Alice Adams");
    assertThat(fault(setUp.complete(token.text(), "Other", "eve", "Eve", PASSWORD)).code())
        .isEqualTo(Code.GONE);
    assertThat(get(setUp.offer())).isNull();
  }

  @Test
  void aLinkThatNobodyOfferedIsRefused() {
    assertThat(fault(setUp.complete("s1.forged", "A", "alice", "Alice", PASSWORD)).code())
        .isEqualTo(Code.UNAUTHENTICATED);
    get(setUp.offer());
    assertThat(fault(setUp.complete("s1.forged", "A", "alice", "Alice", PASSWORD)).code())
        .isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void theLinksOfSeveralNodesMakeOneOrganisation() {
    Secret one = get(setUp.offer());
    Secret other = get(setUp.offer());

    var first = setUp.complete(one.text(), "Assembly", "alice", "Alice", PASSWORD);
    var second = setUp.complete(other.text(), "Council", "zoe", "Zoe", PASSWORD);

    int made = 0;
    for (var future : List.of(first, second)) {
      try {
        get(future);
        made++;
      } catch (Fault fault) {
        assertThat(fault.code()).isEqualTo(Code.GONE);
      }
    }
    assertThat(made).isEqualTo(1);
    assertThat(log.entries()).hasSize(1);
  }
}
