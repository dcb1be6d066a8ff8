package chat.plenary.messaging.conversation;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is removed from the organisation leaves its groups. */
class DeparturesTest {
  @TempDir Path directory;

  @Test
  void whoeverIsRemovedFromTheOrganisationLeavesItsGroupsAndIsCountedNoMore() throws Exception {
    try (Assembly assembly = Assembly.open(directory).start()) {
      ConversationId first = assembly.group("one");
      ConversationId second = assembly.group("two");
      await(assembly.chat.conversations().createDirect(assembly.alice, assembly.bo.account()));
      long seq =
          ((chat.plenary.messaging.log.Outcome.Accepted)
                  assembly.post(assembly.alice, first, "r", "Read me."))
              .seq();
      assertThat(readers(assembly, first, seq).unread()).isEqualTo(1);

      await(assembly.chat.organisations().remove(assembly.alice, assembly.bo.account()));

      for (ConversationId group : List.of(first, second)) {
        for (int i = 0; members(assembly, group) > 1; i++) {
          assertThat(i).as("waits of 50 ms").isLessThan(200);
          Thread.sleep(50);
        }
      }
      assertThat(readers(assembly, first, seq).unread()).isZero();
      assertThat(assembly.history(assembly.alice, second))
          .extracting(one -> one.entry().kind())
          .containsExactly(Kinds.CREATED, Kinds.MEMBERS);
    }
  }

  @Test
  void onlyMembersAreTakenOut() throws Exception {
    try (Assembly assembly = Assembly.open(directory).start()) {
      ConversationId group = assembly.group("one");
      var service = chat.plenary.messaging.account.Caller.service(assembly.alice.organisation());
      assertThat(
              await(
                      assembly
                          .chat
                          .conversations()
                          .changeMembers(
                              service,
                              group,
                              List.of(),
                              List.of(chat.plenary.messaging.id.AccountId.random()),
                              new Ref("x")))
                  .outcome())
          .isInstanceOf(chat.plenary.messaging.log.Outcome.Refused.class);
      assertThat(members(assembly, group)).isEqualTo(2);
    }
  }

  private static int members(Assembly assembly, ConversationId group) throws Exception {
    return await(assembly.chat.conversations().members(assembly.alice, group, null, 10))
        .members()
        .size();
  }

  private static Positions.Readers readers(Assembly assembly, ConversationId group, long seq)
      throws Exception {
    return await(assembly.chat.positions().readers(assembly.alice, group, seq, false, null, 0));
  }
}
