package chat.plenary.messaging.account;

import static chat.plenary.messaging.organisation.Office.ADDRESS;
import static chat.plenary.messaging.organisation.Office.PASSWORD;
import static chat.plenary.messaging.organisation.Office.fault;
import static chat.plenary.messaging.organisation.Office.get;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Fault.Code;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.organisation.Office;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignInTest {
  private static final Limits LIMITS =
      new Limits(
          3,
          Duration.ofSeconds(60),
          5,
          Duration.ofSeconds(10),
          2,
          20,
          Duration.ofMinutes(10),
          Duration.ofDays(30),
          Duration.ofHours(24));

  private final Office office = new Office(LIMITS);

  @AfterEach
  void close() {
    office.close();
  }

  private Fault wrong(String userid, String address) {
    return fault(office.accounts.signIn(office.id, userid, "a wrong password", address));
  }

  @Test
  void theRightPasswordSignsInWithoutRegardToTheCaseOfTheUserid() {
    SignedIn signedIn = office.signIn("ALICE");

    assertThat(signedIn.account().userid()).isEqualTo("alice");
    assertThat(signedIn.organisationName()).isEqualTo("Assembly");
    assertThat(signedIn.expiresIn()).isEqualTo(600);
    Caller caller = get(office.callerOf(signedIn));
    assertThat(caller.role()).isEqualTo(Role.OWNER);
    assertThat(caller.session()).isEqualTo(signedIn.session());
  }

  @Test
  void whateverIsWrongIsToldAlike() {
    AccountId bob = office.join("bob", Role.MEMBER);
    get(office.organisations.change(office.alice, bob, null, null, true, null));

    Fault password = wrong("alice", "192.0.2.2");
    Fault userid = wrong("nobody", "192.0.2.3");
    Fault disabled = fault(office.accounts.signIn(office.id, "bob", PASSWORD, "192.0.2.4"));
    Fault organisation =
        fault(office.accounts.signIn(OrganisationId.random(), "alice", PASSWORD, "192.0.2.5"));
    Fault none = fault(office.accounts.signIn(null, "alice", PASSWORD, "192.0.2.6"));

    assertThat(List.of(password, userid, disabled, organisation, none))
        .allSatisfy(fault -> assertThat(fault.code()).isEqualTo(Code.UNAUTHENTICATED))
        .extracting(Fault::getMessage)
        .containsOnly(password.getMessage());
  }

  @Test
  void tooManyWrongPasswordsLockTheAccountEvenForTheRightOneAndFromElsewhere() {
    for (int i = 0; i < 3; i++) {
      assertThat(wrong("alice", "192.0.2." + i).code()).isEqualTo(Code.UNAUTHENTICATED);
    }

    Fault locked = fault(office.accounts.signIn(office.id, "alice", PASSWORD, "198.51.100.7"));

    assertThat(locked.code()).isEqualTo(Code.TOO_MANY);
    assertThat(locked.retryAfterSeconds()).isEqualTo(60);
    office.clock.pass(Duration.ofSeconds(60));
    assertThat(office.signIn("alice").account().userid()).isEqualTo("alice");
  }

  @Test
  void theLockHoldsOnAnotherNode() {
    Accounts other =
        get(Accounts.open(office.store, office.log, LIMITS, "plenary-test", office.clock));
    for (int i = 0; i < 3; i++) {
      wrong("alice", "192.0.2." + i);
    }

    assertThat(fault(other.signIn(office.id, "alice", PASSWORD, "198.51.100.7")).code())
        .isEqualTo(Code.TOO_MANY);
    other.close();
  }

  @Test
  void attemptsAtOnceAreCountedAllTheSame() {
    List<Future<SignedIn>> all =
        IntStream.range(0, 12)
            .mapToObj(
                i -> office.accounts.signIn(office.id, "alice", "wrong one " + i, "192.0.2." + i))
            .toList();

    long judged =
        all.stream().map(Office::fault).filter(f -> f.code() == Code.UNAUTHENTICATED).count();

    assertThat(judged).isBetween(1L, 3L);
  }

  @Test
  void signingInForgetsTheFailuresBefore() {
    for (int round = 0; round < 3; round++) {
      wrong("alice", "192.0.2." + round);
      wrong("alice", "192.0.2." + round);
      office.signIn("alice");
    }
  }

  @Test
  void anUnknownUseridIsLockedLikeAKnownOne() {
    for (int i = 0; i < 3; i++) {
      wrong("nobody", "192.0.2." + i);
    }

    assertThat(wrong("nobody", "192.0.2.9").code()).isEqualTo(Code.TOO_MANY);
  }

  @Test
  void anAddressThatGuessesOverManyAccountsIsLocked() {
    for (int i = 0; i < 5; i++) {
      assertThat(wrong("guess" + i, ADDRESS).code()).isEqualTo(Code.UNAUTHENTICATED);
    }

    Fault locked = wrong("guess9", ADDRESS);
    assertThat(locked.code()).isEqualTo(Code.TOO_MANY);
    assertThat(locked.retryAfterSeconds()).isEqualTo(10);
    assertThat(fault(office.accounts.redeem("t1.x", ADDRESS)).code()).isEqualTo(Code.TOO_MANY);
    assertThat(get(office.accounts.signIn(office.id, "alice", PASSWORD, "198.51.100.7")))
        .isNotNull();
  }

  @Test
  void aTicketSignsInOnceAndOnlyForADay() {
    AccountId bob = office.join("bob", Role.MEMBER);
    List<Secret> tickets = get(office.accounts.tickets(office.alice, bob, 250));

    assertThat(tickets).hasSize(250).doesNotHaveDuplicates();
    SignedIn signedIn = get(office.accounts.redeem(tickets.get(0).text(), ADDRESS));
    assertThat(signedIn.account().id()).isEqualTo(bob);
    assertThat(fault(office.accounts.redeem(tickets.get(0).text(), ADDRESS)).code())
        .isEqualTo(Code.UNAUTHENTICATED);
    office.clock.pass(Duration.ofHours(24));
    assertThat(fault(office.accounts.redeem(tickets.get(1).text(), ADDRESS)).code())
        .isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void ofTwoWhoShowATicketAtOnceOneIsLetIn() {
    String ticket =
        get(office.accounts.tickets(office.alice, office.alice.account(), 1)).get(0).text();

    var one = office.accounts.redeem(ticket, ADDRESS);
    var other = office.accounts.redeem(ticket, ADDRESS);

    assertThat(List.of(one, other)).filteredOn(SignInTest::succeeds).hasSize(1);
  }

  private static boolean succeeds(Future<?> future) {
    try {
      get(future);
      return true;
    } catch (Fault refused) {
      return false;
    }
  }

  @Test
  void ticketsAreMadeByOwnersForAccountsOfTheirOwnOrganisation() {
    office.join("carol", Role.ADMIN);

    assertThat(
            fault(office.accounts.tickets(office.caller("carol"), office.alice.account(), 1))
                .code())
        .isEqualTo(Code.FORBIDDEN);
    assertThat(fault(office.accounts.tickets(office.alice, AccountId.random(), 1)).code())
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void aNewPasswordEndsTheSessionsAndTheTicketsAndTheOldPassword() {
    AccountId bob = office.join("bob", Role.MEMBER);
    SignedIn before = office.signIn("bob");
    Secret ticket = get(office.accounts.tickets(office.alice, bob, 1)).get(0);

    get(office.accounts.changePassword(office.alice, bob, "another good password"));

    assertThat(fault(office.callerOf(before)).code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(fault(office.accounts.redeem(ticket.text(), ADDRESS)).code())
        .isEqualTo(Code.UNAUTHENTICATED);
    assertThat(fault(office.accounts.signIn(office.id, "bob", PASSWORD, ADDRESS)).code())
        .isEqualTo(Code.UNAUTHENTICATED);
    assertThat(get(office.accounts.signIn(office.id, "bob", "another good password", ADDRESS)))
        .isNotNull();
  }

  @Test
  void anAdministratorCannotTakeAnOwnersPassword() {
    office.join("carol", Role.ADMIN);

    assertThat(
            fault(
                    office.accounts.changePassword(
                        office.caller("carol"), office.alice.account(), "taken over"))
                .code())
        .isEqualTo(Code.FORBIDDEN);
    assertThat(office.signIn("alice")).isNotNull();
  }

  @Test
  void aBotsTokenHoldsUntilItIsReplaced() {
    var bot = get(office.organisations.addBot(office.alice, "un75", "UN75"));
    Caller caller = get(office.accounts.callers().caller(bot.token().text()));
    assertThat(caller).isEqualTo(new Caller(bot.id(), office.id, null, Role.MEMBER, true));

    Secret next = get(office.accounts.newBotToken(office.alice, bot.id()));

    assertThat(fault(office.accounts.callers().caller(bot.token().text())).code())
        .isEqualTo(Code.UNAUTHENTICATED);
    assertThat(get(office.accounts.callers().caller(next.text())).account()).isEqualTo(bot.id());
    assertThat(fault(office.accounts.callers().caller("b1.forged")).code())
        .isEqualTo(Code.UNAUTHENTICATED);
    assertThat(fault(office.accounts.newBotToken(office.alice, office.alice.account())).code())
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void passwordsAreKeptAsArgon2idWithTheirParametersAndNoSecretIsInTheStore() {
    SignedIn signedIn = office.signIn("alice");
    Secret ticket = get(office.accounts.tickets(office.alice, office.alice.account(), 1)).get(0);

    StringBuilder all = new StringBuilder();
    for (String collection : List.of("credentials", "sessions", "tickets", "attempts")) {
      for (BsonDocument row : get(office.store.find(Query.in(collection, "_id")))) {
        all.append(row.toJson());
      }
    }

    assertThat(all.toString())
        .contains("$argon2id$v=19$m=19456,t=2,p=1$")
        .doesNotContain(PASSWORD, signedIn.refreshToken().text(), ticket.text());
  }

  @Test
  void aHashOfOtherParametersIsRenewedBySigningIn() {
    String weak =
        "$argon2id$v=19$m=1024,t=1,p=1$"
            + "c29tZXNhbHRzb21lc2FsdA$"
            + weakHash("c29tZXNhbHRzb21lc2FsdA");
    String id = office.alice.account().value();
    get(office.store.update("credentials", Update.of(id).set("p", weak)));

    office.signIn("alice");

    assertThat(get(office.store.get("credentials", List.of(id))).get(0).getString("p").getValue())
        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(office.signIn("alice")).isNotNull();
  }

  private static String weakHash(String salt) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(1024)
            .withIterations(1)
            .withParallelism(1)
            .withSalt(Base64.getDecoder().decode(salt))
            .build());
    byte[] hash = new byte[32];
    generator.generateBytes(PASSWORD.getBytes(StandardCharsets.UTF_8), hash);
    return Base64.getEncoder().withoutPadding().encodeToString(hash);
  }
}
