package chat.plenary.integrations.deadletter;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.integrations.Operators;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.organisation.OrganisationState;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters of an organisation, as the owner of another one finds them: not at all. */
class StrangersTest {
  private static final String ONE = "/api/v1/dead-letters/{id}";
  private static final String REPLAY = ONE + "/replay";

  @TempDir Path directory;
  private Operators operators;
  private Caller mallory;
  private String letter;

  @BeforeEach
  void open() throws Exception {
    operators = Operators.open(directory);
    OrganisationId elsewhere =
        await(
            operators
                .assembly
                .chat
                .organisations()
                .create("Elsewhere", "mallory", "Mallory", "correct horse battery"));
    OrganisationState state =
        (OrganisationState)
            await(operators.assembly.chat.log().state(ConversationId.of(elsewhere)));
    mallory = new Caller(state.byUserid("mallory").id(), elsewhere, null, Role.OWNER, false);
    ConversationId group = operators.assembly.group("deals");
    operators.write(
        "failing.yaml",
        """
        - route:
            id: failing
            from:
              uri: "plenary:group/%s%s"
              steps:
                - to: "http://127.0.0.1:1/nowhere"
        """
            .formatted(group, operators.as()));
    operators.awaitState("failing.yaml", "running");
    operators.assembly.post(operators.assembly.alice, group, "secret", "secret");
    until("a dead letter", () -> operators.deadLetters().size() == 1);
    letter = operators.deadLetters().get(0).getString("id");
  }

  @AfterEach
  void close() throws Exception {
    operators.close();
  }

  @Test
  void theyAreNotListedAndAnswerAsIfTheyDidNotExist() throws Exception {
    Response page =
        await(operators.answer(mallory, "GET", "/api/v1/dead-letters", Map.of(), Map.of(), ""));
    assertThat(page.body().toJsonObject().getJsonArray("deadLetters")).isEmpty();
    String unknown = letter.substring(0, letter.length() - 4) + "AAAA";
    for (String path : new String[] {REPLAY, ONE}) {
      Fault theirs = refused(path, letter);
      assertThat(theirs.code()).isEqualTo(Fault.Code.NOT_FOUND);
      assertThat(theirs.getMessage()).isEqualTo(refused(path, unknown).getMessage());
    }
    assertThat(operators.deadLetters()).hasSize(1);
    assertThat(operators.deadLetters().get(0).getInteger("attempts")).isEqualTo(1);
  }

  private Fault refused(String path, String id) throws Exception {
    try {
      await(
          operators.answer(
              mallory, path.equals(ONE) ? "DELETE" : "POST", path, Map.of("id", id), Map.of(), ""));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Fault fault) {
        return fault;
      }
      throw e;
    }
    throw new AssertionError(path + " of another organisation's was done");
  }
}
