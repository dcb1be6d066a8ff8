package chat.plenary.bots.feed;

import static chat.plenary.bots.House.answer;
import static chat.plenary.bots.House.await;
import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.bots.House;
import chat.plenary.messaging.TestClock;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.message.PostedCard;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredAnswersTest {
  @TempDir Path directory;
  private final TestClock clock = new TestClock();
  private House house;
  private StoredAnswers answers;
  private AccountId bot;

  @BeforeEach
  void open() throws Exception {
    house = new House(directory, false, List.of());
    answers = new StoredAnswers(house.store, clock);
    bot = await(house.chat.organisations().addBot(house.alice, "count", "Count")).id();
  }

  @AfterEach
  void close() throws Exception {
    house.close();
  }

  @Test
  void whatIsOlderThanThirtyDaysIsForgottenButTheNewestNeverIs() throws Exception {
    add(3);
    clock.pass(StoredAnswers.KEPT.minus(Duration.ofDays(1)));
    add(2);
    await(answers.prune(bot, 5));
    assertThat(numbers()).containsExactly(1L, 2L, 3L, 4L, 5L);
    clock.pass(Duration.ofDays(2));
    await(answers.prune(bot, 5));
    assertThat(numbers()).containsExactly(4L, 5L);
    clock.pass(StoredAnswers.KEPT);
    await(answers.prune(bot, 5));
    assertThat(numbers()).containsExactly(5L);
    add(1);
    assertThat(numbers()).containsExactly(5L, 6L);
  }

  @Test
  void whatIsMoreThanABotMayHaveIsForgotten() throws Exception {
    add(5);
    await(answers.prune(bot, StoredAnswers.MOST + 3));
    assertThat(numbers()).containsExactly(4L, 5L);
  }

  @Test
  void answersAreForgottenOfTheirOwnAccordAsMoreCome() throws Exception {
    add(10);
    clock.pass(StoredAnswers.KEPT.plusDays(1));
    add(246);
    // The 256th forgets in the background.
    until(() -> numbers().get(0) != 1);
    assertThat(numbers().get(0)).isEqualTo(11);
    assertThat(await(answers.newest(bot))).isEqualTo(256);
  }

  private void add(int count) throws Exception {
    PostedCard card =
        new PostedCard(
            house.group, 2, bot, new JsonObject().put("card_type", "button_interaction"));
    for (int i = 0; i < count; i++) {
      await(answers.add(house.alice, card, answer("k", Map.of(), Map.of())));
    }
  }

  private List<Long> numbers() throws Exception {
    return await(answers.after(bot, 0, 500)).stream()
        .map(row -> row.getInt64("i").getValue())
        .toList();
  }
}
