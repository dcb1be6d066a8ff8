package chat.plenary.messaging.meeting;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.meeting.MeetingHouse.fault;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.SlowStore.Doing;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcrossTest {
  private MeetingHouse house;
  private int called;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    house = new MeetingHouse(directory);
  }

  @AfterEach
  void close() throws Exception {
    house.close();
  }

  private ConversationId group(String name, AccountId... members) throws Exception {
    return await(
            house
                .assembly
                .chat
                .conversations()
                .createGroup(house.alice, name, name, List.of(members), true, new Ref(name)))
        .id();
  }

  /** Calls one that begins in so many minutes, and cancels it. */
  private String past(ConversationId group, int minutes) throws Exception {
    String id = called(group, minutes);
    await(house.meetings.cancel(house.alice, id));
    return id;
  }

  private String called(ConversationId group, int minutes) throws Exception {
    JsonObject wish =
        house.wish("w" + called++).put("start", house.in(Duration.ofMinutes(minutes)).toString());
    return await(
            house.meetings.call(
                house.alice, group, NewMeeting.read(Input.of(wish), house.clock.instant())))
        .getJsonObject("meeting")
        .getString("id");
  }

  private Future<JsonObject> page(Caller who, @Nullable String after, int limit) {
    return page(who, true, after, limit);
  }

  private Future<JsonObject> page(Caller who, boolean past, @Nullable String after, int limit) {
    return house
        .assembly
        .chat
        .inbox()
        .ids(who)
        .compose(all -> house.meetings.pages().of(who, all, past, after, limit));
  }

  private List<String> all(Caller who, int limit) throws Exception {
    return all(who, true, limit);
  }

  /** All pages of a size; each but the last is full. */
  private List<String> all(Caller who, boolean past, int limit) throws Exception {
    List<String> found = new ArrayList<>();
    String next = null;
    do {
      JsonObject page = await(page(who, past, next, limit));
      List<String> ids =
          page.getJsonArray("meetings").stream()
              .map(one -> ((JsonObject) one).getString("id"))
              .toList();
      next = page.getString("next");
      assertThat(ids.size()).isEqualTo(next == null ? ids.size() : limit);
      assertThat(next == null || !ids.isEmpty()).isTrue();
      found.addAll(ids);
    } while (next != null);
    return found;
  }

  @Test
  void thoseOfAllGroupsComeInTheirOrderInPagesOfAnySize() throws Exception {
    List<ConversationId> groups = new ArrayList<>(List.of(house.group));
    for (int i = 0; i < 4; i++) {
      groups.add(group("group-" + i, house.bob.account()));
    }
    ConversationId others = group("without-bob");
    List<Integer> times = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      times.add(60 + i);
    }
    List<Integer> shuffled = new ArrayList<>(times);
    Random random = new Random(7);
    Collections.shuffle(shuffled, random);
    String[] byTime = new String[times.size()];
    for (int minutes : shuffled) {
      // Half of them in one group: the page goes on in one while others wait.
      int which = random.nextBoolean() ? 0 : random.nextInt(groups.size() - 1);
      byTime[minutes - 60] = called(groups.get(which), minutes);
    }
    past(others, 70);
    List<Integer> sizes = List.of(1, 2, 3, 7, 12, 23, 24, 25, 100);
    List<String> expected = new ArrayList<>(List.of(byTime));
    for (int limit : sizes) {
      assertThat(all(house.bob, false, limit)).as("to come, by " + limit).isEqualTo(expected);
      assertThat(all(house.bob, true, limit)).isEmpty();
    }

    for (String id : expected) {
      await(house.meetings.cancel(house.alice, id));
    }
    String open = called(groups.get(1), 65);
    Collections.reverse(expected);
    for (int limit : sizes) {
      assertThat(all(house.bob, true, limit)).as("past, by " + limit).isEqualTo(expected);
      assertThat(all(house.bob, false, limit)).containsExactly(open);
    }
    assertThat(all(house.alice, 5)).hasSize(25).containsAll(expected).doesNotContain(open);
    assertThat(all(house.carol, 5)).isEmpty();
  }

  @Test
  void whoeverWasRemovedFindsThemNoMoreWhateverTheyHadBefore() throws Exception {
    String first = past(house.group, 90);
    String second = past(house.group, 60);
    ConversationId other = group("other", house.bob.account());
    String others = past(other, 30);
    String next = await(page(house.bob, null, 1)).getString("next");
    assertThat(all(house.bob, 10)).containsExactly(first, second, others);

    await(
        house
            .assembly
            .chat
            .conversations()
            .changeMembers(
                house.alice,
                house.group,
                List.of(),
                List.of(house.bob.account()),
                new Ref("remove")));
    assertThat(all(house.bob, 10)).containsExactly(others);
    assertThat(await(page(house.bob, next, 10)).getJsonArray("meetings")).hasSize(1);
    // Not by naming the conversation either.
    JsonObject named =
        await(house.meetings.pages().of(house.bob, Set.of(house.group), true, null, 10));
    assertThat(named).isEqualTo(new JsonObject("{\"meetings\":[],\"next\":null}"));
    assertThat(all(house.alice, 10)).containsExactly(first, second, others);
  }

  @Test
  void onlyThePlaceOfAPageBeforeIsTaken() throws Exception {
    past(house.group, 60);
    past(house.group, 61);
    String open = called(house.group, 62);
    String next = await(page(house.bob, null, 1)).getString("next");
    String ofOpen = MeetingRows.place(true, house.in(Duration.ofMinutes(62)), open);
    for (String wrong : List.of("nonsense", ofOpen, next + "x")) {
      Fault fault = fault(page(house.bob, wrong, 1));
      assertThat(fault.code()).isEqualTo(Fault.Code.INVALID);
      assertThat(fault.field()).isEqualTo("after");
    }
    Fault fault =
        fault(
            Future.succeededFuture()
                .compose(
                    v ->
                        house.meetings.pages().of(house.bob, Set.of(house.group), false, next, 1)));
    assertThat(fault.field()).isEqualTo("after");
  }

  @Test
  void aPageReadsNoMoreThanItsGroupsAndWhatItShows() throws Exception {
    for (int i = 0; i < 40; i++) {
      past(house.group, 60 + i);
    }
    group("empty", house.bob.account());
    ConversationId others = group("without-bob");
    for (int i = 0; i < 5; i++) {
      past(others, 200 + i);
    }
    AtomicInteger reads = new AtomicInteger();
    house.store.before(
        (doing, collection) -> {
          if (doing == Doing.READ && collection.equals(MeetingRows.MEETINGS)) {
            reads.incrementAndGet();
          }
          return Future.succeededFuture();
        });
    assertThat(await(page(house.bob, null, 4)).getJsonArray("meetings")).hasSize(4);
    // One of each of the two groups, and one more of that which the page is made of.
    assertThat(reads.get()).isEqualTo(3);
  }
}
