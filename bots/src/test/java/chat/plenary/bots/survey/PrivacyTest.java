package chat.plenary.bots.survey;

import static chat.plenary.bots.House.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import chat.plenary.bots.House;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.message.CardView;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Exactly one answer whenever the process dies, and nothing that leads from it to a person. */
class PrivacyTest {
  /** Everything that the server writes to. */
  private static final List<String> OTHERS =
      List.of(
          "entries",
          "cursors",
          "meta",
          "members",
          "conversations",
          "marks",
          "accounts",
          "organisations",
          "organisation_names",
          "credentials",
          "sessions",
          "tickets",
          "bot_tokens",
          "attempts",
          "keys",
          "bot_answers");

  @TempDir Path directory;

  @Test
  @Timeout(110)
  void whereverTheProcessDiesEachPersonAnswersOnceAndNothingLeadsToThem() throws Exception {
    ListAppender<ILoggingEvent> output = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.DEBUG);
    output.start();
    root.addAppender(output);
    int operations = operations();
    List<String> people = IntStream.rangeClosed(1, 2 * operations).mapToObj(i -> "p" + i).toList();
    List<String> some = people.subList(0, Math.min(500, people.size()));
    DyingStore seen;
    try (House house = new House(directory.resolve("all"), false, some)) {
      final long invitation = house.push();
      seen = new DyingStore(house.store, 0, false);
      int deaths = 0;
      for (int i = 0; i < some.size(); i++) {
        DyingStore dying = new DyingStore(house.store, 1 + i / 2, i % 2 == 1);
        house.reopen(dying);
        house.whenUnknown =
            () -> {
              try {
                house.reopen(seen);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            };
        Caller person = house.member(some.get(i));
        CardView done = house.take(person, invitation, "secret words of " + some.get(i));
        assertThat(done.state()).isEqualTo(CardView.State.ANSWERED);
        deaths += dying.died() ? 1 : 0;
        house.reopen(seen);
        assertThat(house.press(person, "send").state()).isEqualTo(CardView.State.ANSWERED);
      }
      assertThat(deaths).isGreaterThan(some.size() / 2);
      final List<BsonDocument> answers = all(house.store, Answers.ANSWERS);
      final List<BsonDocument> texts = all(house.store, Answers.TEXTS);
      assertThat(answers).hasSize(some.size());
      assertThat(texts).hasSize(some.size());
      assertThat(texts.stream().map(text -> text.getString("text").getValue()))
          .doesNotHaveDuplicates();
      assertThat(all(house.store, Drafts.ROWS))
          .hasSize(some.size())
          .allSatisfy(
              row ->
                  assertThat(row.keySet()).containsExactlyInAnyOrder("_id", "i", "s", "st", "v"));
      assertThat(answers)
          .allSatisfy(
              row -> assertThat(row.keySet()).containsExactlyInAnyOrder("_id", "i", "s", "d", "q"));
      Set<String> ids = new HashSet<>();
      answers.forEach(row -> ids.add(row.getString("_id").getValue()));
      texts.forEach(row -> ids.add(row.getString("_id").getValue()));
      nothingElseHolds(house.store, seen.collections, ids, "secret words");
      assertThat(output.list)
          .noneMatch(event -> ids.stream().anyMatch(event.getFormattedMessage()::contains))
          .noneMatch(event -> event.getFormattedMessage().contains("secret words"));
      Set<String> live = texts(house.bots);
      assertThat(live).isNotEmpty().doesNotContainAnyElementsOf(ids);
      assertThat(live).noneMatch(text -> text.contains("secret words"));
    } finally {
      root.detachAppender(output);
      root.setLevel(Level.INFO);
    }
  }

  /** How many operations one person's whole survey takes. */
  private int operations() throws Exception {
    try (House house = new House(directory.resolve("one"), false, List.of("p0"))) {
      long invitation = house.push();
      DyingStore counting = new DyingStore(house.store, 0, false);
      house.reopen(counting);
      house.take(house.member("p0"), invitation, "words");
      return counting.operations();
    }
  }

  private static void nothingElseHolds(
      Store store, Set<String> named, Set<String> ids, String words) throws Exception {
    Set<String> collections = new TreeSet<>(named);
    collections.addAll(OTHERS);
    collections.remove(Answers.ANSWERS);
    collections.remove(Answers.TEXTS);
    for (String collection : collections) {
      for (BsonDocument row : all(store, collection)) {
        String json = row.toJson();
        assertThat(json).as(collection).doesNotContain(words);
        assertThat(ids).as(collection).noneMatch(json::contains);
      }
    }
  }

  private static List<BsonDocument> all(Store store, String collection) throws Exception {
    List<BsonDocument> found = new ArrayList<>();
    Query query = Query.in(collection, "_id").limit(1_000);
    List<BsonDocument> page = await(store.find(query));
    while (!page.isEmpty()) {
      found.addAll(page);
      page = await(store.find(query.after(page.get(page.size() - 1).get("_id"))));
    }
    return found;
  }

  /** All texts that can be reached from an object through our own classes and collections. */
  private static Set<String> texts(Object from) throws Exception {
    Set<String> texts = new HashSet<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> rest = new ArrayDeque<>(List.of(from));
    while (!rest.isEmpty()) {
      Object one = rest.pop();
      if (!seen.add(one)) {
        continue;
      }
      if (one instanceof String text) {
        texts.add(text);
      } else if (one instanceof Map<?, ?> map) {
        rest.addAll(map.keySet());
        rest.addAll(map.values());
      } else if (one instanceof Collection<?> many) {
        rest.addAll(many);
      } else if (one.getClass().getName().startsWith("chat.plenary.")) {
        for (Class<?> type = one.getClass(); type != Object.class; type = type.getSuperclass()) {
          for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
              field.setAccessible(true);
              Object value = field.get(one);
              if (value != null) {
                rest.push(value);
              }
            }
          }
        }
      }
    }
    return texts;
  }
}
