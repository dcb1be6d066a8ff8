package chat.plenary.messaging.search;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.message.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found is what a plain look at everything that history shows would find. */
class SearchTest extends SearchHouse {
  private static final String[] WORDS = {
    "budget",
    "Budapest",
    "École",
    "meeting",
    "meet",
    "会议",
    "在线会议",
    "明天",
    "سلام",
    "سَلام",
    "party",
    "needle",
    "climate",
    "氣候",
    "ｶﾀｶﾅ",
    "カタカナ",
    "回忆",
  };
  private static final String[] QUERIES = {
    "bud",
    "budget meet",
    "ecole",
    "会议",
    "会",
    "议 明天",
    "سلام",
    "art",
    "\"meet budget\"",
    "カタ",
    "nee cli",
    "nowhere",
    "气",
    "b",
  };

  /** All pages of a search. */
  private List<String> all(Caller who, ConversationId group, String query, Search.Of kinds, int by)
      throws Exception {
    List<String> hits = new ArrayList<>();
    long before = 0;
    do {
      Search.Found found =
          await(
              assembly
                  .chat
                  .search()
                  .in(who, group, query, Search.Narrowed.none().of(kinds), before, by));
      assertThat(found.hits()).hasSizeLessThanOrEqualTo(by);
      found.hits().forEach(hit -> hits.add(hit.entry().toJson().encode()));
      before = found.next();
    } while (before > 0);
    return hits;
  }

  /** The same by looking at all that history shows. */
  private List<String> plain(Caller who, ConversationId group, String query, Search.Of kinds)
      throws Exception {
    Wanted wanted = Wanted.read(query);
    List<EntryView> found = new ArrayList<>();
    long after = 0;
    while (true) {
      History.Page page = await(assembly.chat.history().page(who, group, 0, after, 100));
      if (page.entries().isEmpty()) {
        break;
      }
      for (EntryView one : page.entries()) {
        after = one.entry().seq();
        BsonDocument body = one.body();
        if (one.entry().kind().equals(Kinds.POSTED)
            && body != null
            && kinds.has(MessageBody.isCaption(body))
            && Said.all(body).stream().anyMatch(said -> wanted.matches(Folded.of(said.text())))) {
          found.add(one);
        }
      }
    }
    found.sort(
        Comparator.comparingLong(
                (EntryView one) -> one.edit() == null ? one.entry().seq() : one.edit().seq())
            .reversed());
    return found.stream().map(one -> one.toJson().encode()).toList();
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int words = 1 + random.nextInt(4);
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  /** Fills a conversation with all that may happen in one. */
  private void live(Random random, ConversationId group, List<Caller> coming, int steps)
      throws Exception {
    List<long[]> messages = new ArrayList<>();
    List<Long> captions = new ArrayList<>();
    var chat = assembly.chat;
    for (int i = 0; i < steps; i++) {
      int what = random.nextInt(100);
      if (what < 60) {
        messages.add(new long[] {post(assembly.alice, group, MessageBody.text(text(random)))});
      } else if (what < 72) {
        captions.add(
            post(service, group, caption("k" + i, assembly.alice, text(random), text(random))));
      } else if (what < 84 && !messages.isEmpty()) {
        long target = messages.get(random.nextInt(messages.size()))[0];
        await(
            chat.messages()
                .edit(
                    assembly.alice, group, ref(), target, MessageBody.text(text(random)), "p" + i));
      } else if (what < 88 && !captions.isEmpty()) {
        long target = captions.get(random.nextInt(captions.size()));
        await(
            chat.messages()
                .edit(
                    service,
                    group,
                    ref(),
                    target,
                    caption("k" + i, assembly.alice, text(random), text(random)),
                    "p" + i));
      } else if (what < 94 && !messages.isEmpty()) {
        long target = messages.remove(random.nextInt(messages.size()))[0];
        await(chat.messages().recall(assembly.alice, group, ref(), target, "p" + i));
      } else {
        AccountId who = coming.get(random.nextInt(coming.size())).account();
        boolean out = random.nextBoolean();
        await(
            chat.conversations()
                .changeMembers(
                    assembly.alice,
                    group,
                    out ? List.of() : List.of(who),
                    out ? List.of(who) : List.of(),
                    ref()));
      }
    }
  }

  private void same(List<Caller> readers, ConversationId group) throws Exception {
    int hits = 0;
    for (Caller reader : readers) {
      for (String query : QUERIES) {
        for (Search.Of kinds : Search.Of.values()) {
          List<String> plain;
          try {
            plain = plain(reader, group, query, kinds);
          } catch (java.util.concurrent.ExecutionException notMember) {
            assertThatThrownBy(() -> search(reader, group, query))
                .hasRootCauseInstanceOf(Fault.class);
            continue;
          }
          assertThat(all(reader, group, query, kinds, 50)).as(query).isEqualTo(plain);
          assertThat(all(reader, group, query, kinds, 3)).as(query).isEqualTo(plain);
          hits += plain.size();
        }
      }
    }
    assertThat(hits).isGreaterThan(200);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aSearchFindsWhatAPlainLookFinds(long seed) throws Exception {
    Random random = new Random(seed);
    Caller carol = join("carol");
    Caller dan = join("dan");
    ConversationId group =
        await(
                assembly
                    .chat
                    .conversations()
                    .createGroup(
                        assembly.alice,
                        "random",
                        "Random",
                        List.of(carol.account()),
                        seed % 2 == 0,
                        ref()))
            .id();
    List<Caller> coming = List.of(carol, dan);
    live(random, group, coming, 700);
    List<Caller> readers = List.of(assembly.alice, carol, dan);
    same(readers, group);
    // The signatures stand now; what happens on does not make them lie.
    live(random, group, coming, 150);
    same(readers, group);
    List<BsonDocument> rows = signatures();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(2);
    assertThat(rows.toString()).doesNotContain("budget", "会议");
  }

  @Test
  void aRecalledOrEditedTextIsNotFoundAndAnEditedMessageOnceAsItStands() throws Exception {
    ConversationId group = assembly.group("edits");
    long seq = post(assembly.alice, group, MessageBody.text("The first wording"));
    postAll(group, 600, "filler");
    assertThat(seqs(search(assembly.bo, group, "wording"))).containsExactly(seq);
    await(
        assembly
            .chat
            .messages()
            .edit(assembly.alice, group, ref(), seq, MessageBody.text("The second saying"), "p"));
    assertThat(seqs(search(assembly.bo, group, "wording"))).isEmpty();
    Search.Found found = search(assembly.bo, group, "second");
    assertThat(seqs(found)).containsExactly(seq);
    assertThat(found.hits().get(0).entry().edit()).isNotNull();
    postAll(group, 300, "filler");
    assertThat(seqs(search(assembly.bo, group, "second"))).containsExactly(seq);
    await(assembly.chat.messages().recall(assembly.alice, group, ref(), seq, "p"));
    assertThat(seqs(search(assembly.bo, group, "second"))).isEmpty();
    assertThat(seqs(search(assembly.bo, group, "the"))).isEmpty();
  }

  @Test
  void captionsAreFoundInTheirTranslationsAndOnlyAsTheyStand() throws Exception {
    ConversationId group = assembly.group("captions");
    long seq = post(service, group, caption("k", assembly.alice, "We open the meeting", "Abrimos"));
    post(assembly.alice, group, MessageBody.text("We open the window"));
    Search.Found found = search(assembly.bo, group, "abrimos");
    assertThat(seqs(found)).containsExactly(seq);
    assertThat(found.hits().get(0).language()).isEqualTo("es");
    Search.Narrowed captions = Search.Narrowed.none().of(Search.Of.CAPTIONS);
    assertThat(seqs(await(assembly.chat.search().in(assembly.bo, group, "open", captions, 0, 50))))
        .containsExactly(seq);
    Search.Narrowed byBo =
        new Search.Narrowed(
            Search.Of.ALL, assembly.bo.account(), Long.MIN_VALUE, Long.MAX_VALUE, null);
    assertThat(seqs(await(assembly.chat.search().in(assembly.bo, group, "open", byBo, 0, 50))))
        .isEmpty();
    MessageBody corrected = caption("k", assembly.alice, "We end the session", "Terminamos");
    await(assembly.chat.messages().edit(service, group, ref(), seq, corrected, "p"));
    assertThat(seqs(search(assembly.bo, group, "abrimos"))).isEmpty();
    assertThat(seqs(search(assembly.bo, group, "session"))).containsExactly(seq);
  }

  @Test
  void everywhereGroupsByConversationTheNewestFirst() throws Exception {
    List<ConversationId> groups = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      groups.add(assembly.group("group-" + i));
      for (int j = 0; j <= i; j++) {
        post(assembly.alice, groups.get(i), MessageBody.text("needle " + j));
      }
      // Within one millisecond it is the ids that order them.
      Thread.sleep(2);
    }
    post(assembly.alice, groups.get(2), MessageBody.text("hay"));
    Everywhere.Found page =
        await(assembly.chat.search().everywhere(assembly.bo, "needle", Search.Of.ALL, null, 3));
    assertThat(page.groups().stream().map(Everywhere.Group::conversation))
        .containsExactly(groups.get(2), groups.get(6), groups.get(5));
    assertThat(page.groups().get(0).hits()).hasSize(3);
    assertThat(page.groups().get(0).more()).isFalse();
    assertThat(page.groups().get(1).hits()).hasSize(3);
    assertThat(page.groups().get(1).more()).isTrue();
    // What is said meanwhile moves a conversation, and loses none.
    Thread.sleep(5);
    post(assembly.alice, groups.get(0), MessageBody.text("hay"));
    List<ConversationId> rest = new ArrayList<>();
    String next = page.next();
    while (next != null) {
      Everywhere.Found more =
          await(assembly.chat.search().everywhere(assembly.bo, "needle", Search.Of.ALL, next, 2));
      more.groups().forEach(group -> rest.add(group.conversation()));
      next = more.next();
    }
    assertThat(rest).containsExactly(groups.get(4), groups.get(3), groups.get(1), groups.get(0));
    assertThatThrownBy(
            () ->
                assembly
                    .chat
                    .search()
                    .everywhere(assembly.bo, "needle", Search.Of.ALL, "nonsense", 2))
        .isInstanceOf(Fault.class);
  }
}
