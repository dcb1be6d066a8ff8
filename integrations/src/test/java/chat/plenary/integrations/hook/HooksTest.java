package chat.plenary.integrations.hook;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HooksTest {
  @TempDir Path directory;
  private Assembly assembly;
  private Hooks hooks;
  private ConversationId group;

  @BeforeEach
  void open() throws Exception {
    assembly = Assembly.open(directory).start();
    group = assembly.group("alerts");
    hooks =
        new Hooks(
            assembly.store,
            assembly.chat.access(),
            assembly.chat.organisations(),
            Clock.systemUTC(),
            Set.of("alertmanager"));
    await(hooks.prepare());
  }

  @AfterEach
  void close() throws Exception {
    assembly.close();
  }

  private Hooks.Made make() throws Exception {
    return await(hooks.make(assembly.alice, "alertmanager", group, assembly.bo.account()));
  }

  @Test
  void aHookIsFoundByItsSecretWhichIsNotKept() throws Exception {
    Hooks.Made made = make();
    assertThat(await(hooks.find(made.secret()))).isEqualTo(made.hook());
    assertThat(await(hooks.page(assembly.alice, null, 10)).hooks()).containsExactly(made.hook());
    assertThat(made.hook().toString()).doesNotContain(made.secret());
    refused(hooks.find("guess"), "NOT_FOUND");
  }

  @Test
  void hooksComeInPagesAndADeletedOneIsGone() throws Exception {
    Hooks.Made first = make();
    make();
    make();
    Hooks.Page page = await(hooks.page(assembly.alice, null, 2));
    assertThat(page.hooks()).hasSize(2);
    assertThat(await(hooks.page(assembly.alice, page.next(), 2)).hooks()).hasSize(1);
    await(hooks.delete(assembly.alice, first.hook().id()));
    refused(hooks.find(first.secret()), "NOT_FOUND");
  }

  @Test
  void nobodyMakesAHookInTheNameOfAPersonOrForAGroupThatIsNotTheirs() throws Exception {
    refused(hooks.make(assembly.alice, "alertmanager", group, assembly.alice.account()), "INVALID");
    refused(hooks.make(assembly.alice, "telex", group, assembly.bo.account()), "INVALID");
    Caller member =
        new Caller(
            assembly.alice.account(), assembly.alice.organisation(), null, Role.MEMBER, false);
    refused(hooks.make(member, "alertmanager", group, assembly.bo.account()), "FORBIDDEN");
    ConversationId none = ConversationId.group(assembly.alice.organisation(), "none");
    refused(hooks.make(assembly.alice, "alertmanager", none, assembly.bo.account()), "NOT_FOUND");
  }

  @Test
  void aHookWhoseBotWasDisabledAnswersAsIfItDidNotExist() throws Exception {
    Hooks.Made made = make();
    await(
        assembly
            .chat
            .organisations()
            .change(assembly.alice, assembly.bo.account(), null, null, true, null));
    refused(hooks.find(made.secret()), "NOT_FOUND");
  }

  private static void refused(Future<?> future, String code) {
    assertThatThrownBy(() -> await(future))
        .cause()
        .satisfies(
            e ->
                assertThat(((chat.plenary.messaging.fault.Fault) e).code().name()).isEqualTo(code));
  }
}
