package chat.plenary.messaging.account;

import static chat.plenary.messaging.organisation.Office.fault;
import static chat.plenary.messaging.organisation.Office.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import chat.plenary.messaging.fault.Fault.Code;
import chat.plenary.messaging.organisation.Office;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private final Office office = new Office();
  private final SignedIn first = office.signIn("alice");

  @AfterEach
  void close() {
    office.close();
  }

  private SignedIn refresh(SignedIn before) {
    return get(office.accounts.refresh(before.refreshToken().text()));
  }

  private Code refused(SignedIn before) {
    return fault(office.accounts.refresh(before.refreshToken().text())).code();
  }

  @Test
  void refreshingGivesANewRefreshTokenOfTheSameSession() {
    SignedIn second = refresh(first);

    assertThat(second.session()).isEqualTo(first.session());
    assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
    assertThat(get(office.callerOf(second)).session()).isEqualTo(first.session());
    assertThat(refresh(second).session()).isEqualTo(first.session());
  }

  @Test
  void aPredecessorShownWithin60SecondsGetsAnotherSuccessor() {
    refresh(first);
    office.clock.pass(Duration.ofSeconds(60));

    SignedIn again = refresh(first);

    assertThat(refresh(again).session()).isEqualTo(first.session());
  }

  @Test
  void anyOfSeveralSuccessorsGoesOn() {
    SignedIn one = refresh(first);
    refresh(first);

    assertThat(refresh(one).session()).isEqualTo(first.session());
  }

  @Test
  void theSuccessorThatWasNotChosenEndsTheSession() {
    SignedIn one = refresh(first);
    SignedIn other = refresh(first);
    refresh(one);

    assertThat(refused(other)).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refused(one)).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void aPredecessorShownLaterEndsTheSessionForEverybody() {
    SignedIn second = refresh(first);
    office.clock.pass(Duration.ofSeconds(61));

    assertThat(refused(first)).isEqualTo(Code.UNAUTHENTICATED);

    assertThat(refused(second)).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(fault(office.callerOf(second)).code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(office.silenced)
        .containsExactly(
            new Revoked(office.id, first.account().id(), first.session(), Revoked.Reason.REUSED));
  }

  @Test
  void aPredecessorShownAfterItsSuccessorWasUsedEndsTheSession() {
    SignedIn second = refresh(first);
    SignedIn third = refresh(second);

    assertThat(refused(first)).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refused(third)).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void twoWhoShowTheSameTokenAtOnceBothGoOn() {
    var one = office.accounts.refresh(first.refreshToken().text());
    var other = office.accounts.refresh(first.refreshToken().text());

    assertThat(get(one).refreshToken()).isNotEqualTo(get(other).refreshToken());
  }

  @Test
  void aPredecessorGetsABoundedNumberOfSuccessors() {
    List<SignedIn> successors = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      successors.add(refresh(first));
    }

    assertThat(refused(first)).isEqualTo(Code.TOO_MANY);
    assertThat(refresh(successors.get(0)).session()).isEqualTo(first.session());
  }

  @Test
  void theIdOfASessionDoesNotSufficeToEndIt() {
    String forged = "r1." + first.session() + "." + "A".repeat(43) + "." + "A".repeat(43);

    assertThat(fault(office.accounts.refresh(forged)).code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(fault(office.accounts.signOut(forged)).code()).isEqualTo(Code.UNAUTHENTICATED);

    assertThat(refresh(first).session()).isEqualTo(first.session());
  }

  @Test
  void textsThatAreNoRefreshTokensAreRefused() {
    for (String text : List.of("", "r1", "r1...", "b1.x", "r1.sAAA.x.y", "x".repeat(10_000))) {
      assertThat(fault(office.accounts.refresh(text)).code()).isEqualTo(Code.UNAUTHENTICATED);
    }
  }

  @Test
  void whoSignsOutIsRefusedAtOnceAndSilenced() {
    Caller caller = get(office.callerOf(first));

    get(office.accounts.signOut(caller));

    assertThat(fault(office.callerOf(first)).code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refused(first)).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(office.silenced)
        .extracting(Revoked::session, Revoked::reason)
        .containsExactly(tuple(first.session(), Revoked.Reason.SIGNED_OUT));
  }

  @Test
  void signingOutTwiceIsSigningOutOnce() {
    Caller caller = get(office.callerOf(first));

    get(office.accounts.signOut(caller));
    get(office.accounts.signOut(caller));

    assertThat(office.silenced).hasSize(1);
  }

  @Test
  void oneSessionEndsWithoutTheOthers() {
    SignedIn other = office.signIn("alice");

    get(office.accounts.signOut(first.refreshToken().text()));

    assertThat(get(office.callerOf(other)).account()).isEqualTo(office.alice.account());
  }

  @Test
  void aSessionThatIsNotRefreshedEnds() {
    office.clock.pass(Limits.DEFAULTS.sessionIdle());

    assertThat(refused(first)).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void endingAllSessionsEndsThoseBeforeAndNoneAfter() {
    get(
        office.accounts.signOutAll(
            office.alice, office.alice.account(), Revoked.Reason.SIGNED_OUT));

    assertThat(fault(office.callerOf(first)).code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refused(first)).isEqualTo(Code.UNAUTHENTICATED);
    SignedIn later = office.signIn("alice");
    assertThat(get(office.callerOf(later)).account()).isEqualTo(office.alice.account());
  }

  @Test
  void nothingThatASessionConsistsOfShowsItselfInLogs() {
    assertThat(first.toString())
        .doesNotContain(first.accessToken().text(), first.refreshToken().text());
  }
}
