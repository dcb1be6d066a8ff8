package chat.plenary.messaging.search;

import static chat.plenary.messaging.Assembly.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.Chat;
import chat.plenary.messaging.SlowStore;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.cluster.VertxBus;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Lanes;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.message.History;
import chat.plenary.messaging.organisation.Joining;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found is what a plain look at everything that history shows would find. */
class SearchTest {
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

  @TempDir Path directory;
  private SlowStore slow;
  private Assembly assembly;
  private Caller service;
  private int refs;

  @BeforeEach
  void open() throws Exception {
    assembly =
        Assembly.open(
                directory,
                store -> {
                  slow = new SlowStore(store);
                  return slow;
                })
            .start();
    service = Caller.service(assembly.alice.organisation());
  }

  @AfterEach
  void close() throws Exception {
    assembly.close();
  }

  private Ref ref() {
    return new Ref("r" + refs++);
  }

  private Caller join(String userid) throws Exception {
    AccountId id =
        await(
                assembly
                    .chat
                    .organisations()
                    .add(
                        assembly.alice,
                        List.of(
                            new Joining.Candidate(userid, userid, null, Role.MEMBER, List.of()))))
            .get(0)
            .id();
    return new Caller(id, assembly.alice.organisation(), null, Role.MEMBER, false);
  }

  private long post(Caller who, ConversationId group, MessageBody body) throws Exception {
    return seq(await(assembly.chat.messages().post(who, group, ref(), body, "p" + refs)));
  }

  private static long seq(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    return ((Outcome.Accepted) outcome).seq();
  }

  private void postAll(ConversationId group, int count, String text) throws Exception {
    List<Future<Outcome>> posted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      posted.add(
          assembly
              .chat
              .messages()
              .post(assembly.alice, group, ref(), MessageBody.text(text + " " + i), "p" + i));
    }
    await(Future.all(posted));
  }

  private static MessageBody caption(String key, Caller who, String text, String spanish) {
    return new MessageBody.Caption(
        new JsonObject()
            .put("meeting", "mAAAAAAAAAAAAAAAAAAAAAA")
            .put("key", key)
            .put("speaker", new JsonObject().put("account", who.account().value()).put("name", "A"))
            .put("language", "en")
            .put("text", text)
            .put("from", "2026-12-02T14:00:05.000Z")
            .put("to", "2026-12-02T14:00:06.000Z")
            .put(
                "translations",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("language", "es")
                            .put("text", spanish)
                            .put("engine", "tencent")
                            .put("title", "Tencent Meeting")))
            .put("by", "provider"));
  }

  private Search.Found search(Caller who, ConversationId group, String query) throws Exception {
    return search(assembly.chat, who, group, query);
  }

  private static Search.Found search(Chat chat, Caller who, ConversationId group, String query)
      throws Exception {
    return await(chat.search().in(who, group, query, Search.Narrowed.none(), 0, 50));
  }

  private static List<Long> seqs(Search.Found found) {
    return found.hits().stream().map(hit -> hit.entry().entry().seq()).toList();
  }

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
    List<BsonDocument> rows =
        await(
            assembly.store.find(
                Query.in(Signatures.COLLECTION, "_id").from(new BsonString("")).limit(100)));
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

  private List<BsonDocument> signatures() throws Exception {
    return await(
        assembly.store.find(
            Query.in(Signatures.COLLECTION, "_id").from(new BsonString("")).limit(100)));
  }

  private void eventually(Callable<Boolean> holds) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!holds.call()) {
      assertThat(System.nanoTime()).as("within 20 s").isLessThan(end);
      Thread.sleep(20);
    }
  }

  @Test
  void aRecallLeavesNoSignatureOfWhatWasSaid() throws Exception {
    ConversationId group = assembly.group("recalls");
    long seq = post(assembly.alice, group, MessageBody.text("The first secret"));
    postAll(group, 300, "filler");
    await(
        assembly
            .chat
            .messages()
            .edit(assembly.alice, group, ref(), seq, MessageBody.text("The second secret"), "p"));
    postAll(group, 300, "filler");
    search(assembly.bo, group, "secret");
    assertThat(signatures()).hasSize(2);
    await(assembly.chat.messages().recall(assembly.alice, group, ref(), seq, "p"));
    eventually(() -> signatures().isEmpty());
    // What is made afterwards has nothing of it.
    search(assembly.bo, group, "secret");
    assertThat(signatures()).hasSize(2);
    Signatures own =
        new Signatures(
            assembly.store,
            assembly.chat.log(),
            Arrays.copyOf(assembly.chat.log().secret(Search.SECRET), 16));
    for (long segment : List.of(0L, 1L)) {
      Signatures.Row row = await(own.get(group, List.of(segment))).get(segment);
      assertThat(row.mayHave(own.hashes(Set.of("^secret")), Search.Narrowed.none())).isFalse();
      assertThat(row.mayHave(own.hashes(Set.of("^filler")), Search.Narrowed.none())).isTrue();
    }
  }

  @Test
  void aSignatureThatIsMadeWhileAMessageIsRecalledIsNotKept() throws Exception {
    ConversationId group = assembly.group("race");
    long seq = post(assembly.alice, group, MessageBody.text("The secret"));
    postAll(group, 300, "filler");
    Promise<Void> reached = Promise.promise();
    Promise<Void> released = Promise.promise();
    // Deletions write too: only the first write, which is the insert, waits.
    slow.before(
        (doing, collection) ->
            collection.equals(Signatures.COLLECTION)
                    && doing == SlowStore.Doing.WRITE
                    && reached.tryComplete()
                ? released.future()
                : Future.succeededFuture());
    Future<Search.Found> searching =
        assembly.chat.search().in(assembly.bo, group, "secret", Search.Narrowed.none(), 0, 10);
    await(reached.future());
    await(assembly.chat.messages().recall(assembly.alice, group, ref(), seq, "p"));
    eventually(() -> await(assembly.chat.log().read(group, seq, seq, 1)).get(0).body() == null);
    released.complete();
    await(searching);
    assertThat(signatures()).isEmpty();
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
  void aSpentBudgetSaysHowFarItLookedAndWhereToGoOn() throws Exception {
    ConversationId group = assembly.group("long");
    long needle = post(assembly.alice, group, MessageBody.text("The needle"));
    postAll(group, 1_400, "hay");
    Chat chat = assembly.chat;
    Search scarce =
        new Search(
            assembly.store,
            chat.log(),
            chat.access(),
            chat.history(),
            chat.inbox(),
            new VertxTimers(assembly.vertx, Clock.systemUTC()),
            chat.log().secret(Search.SECRET),
            new Search.Costs(400, 4_096, 60_000));
    long before = 0;
    int requests = 0;
    List<Long> found = new ArrayList<>();
    do {
      Search.Found page =
          await(scarce.in(assembly.bo, group, "needle", Search.Narrowed.none(), before, 10));
      assertThat(page.searched()).isEqualTo(Math.max(1, page.next()));
      found.addAll(seqs(page));
      before = page.next();
      requests++;
    } while (before > 0);
    assertThat(found).containsExactly(needle);
    assertThat(requests).isGreaterThan(2);

    // Now the signatures tell where it is: the same budget is enough for the tail and one segment.
    Search.Found again =
        await(scarce.in(assembly.bo, group, "needle", Search.Narrowed.none(), 0, 10));
    assertThat(seqs(again)).containsExactly(needle);
    assertThat(again.next()).isZero();
    scarce.close();
  }

  @Test
  void aStoreThatFailsInBetweenFailsTheSearchAndNothingIsHiddenAfterwards() throws Exception {
    ConversationId group = assembly.group("failing");
    long needle = post(assembly.alice, group, MessageBody.text("The needle"));
    postAll(group, 700, "hay");
    StoreException down = new StoreException(StoreException.Kind.UNKNOWN, "down", null);
    // Signatures that cannot be kept cost the next search, nothing else.
    slow.before(
        (doing, collection) ->
            collection.equals(Signatures.COLLECTION) && doing == SlowStore.Doing.WRITE
                ? Future.failedFuture(down)
                : Future.succeededFuture());
    assertThat(seqs(search(assembly.bo, group, "needle"))).containsExactly(needle);
    AtomicInteger reads = new AtomicInteger();
    slow.before(
        (doing, collection) ->
            collection.equals("entries")
                    && doing == SlowStore.Doing.READ
                    && reads.incrementAndGet() == 2
                ? Future.failedFuture(down)
                : Future.succeededFuture());
    assertThatThrownBy(() -> search(assembly.bo, group, "needle")).isNotNull();
    slow.before((doing, collection) -> Future.succeededFuture());
    assertThat(seqs(search(assembly.bo, group, "needle"))).containsExactly(needle);
    for (int i = 0; i < 10; i++) {
      assertThat(seqs(search(assembly.bo, group, "needle"))).as("turns are given back").hasSize(1);
    }
  }

  @Test
  void twoNodesSearchAtOnceAndFindTheSame() throws Exception {
    ConversationId group = assembly.group("both");
    long needle = post(assembly.alice, group, MessageBody.text("The needle"));
    postAll(group, 1_300, "hay");
    Vertx vertx = Vertx.vertx();
    Chat other =
        await(
            Chat.open(
                assembly.store,
                await(VertxBus.open(vertx)),
                new VertxTimers(vertx, Clock.systemUTC()),
                Lanes.contexts(vertx, 2),
                Chat.Options.defaults()));
    await(other.start());
    List<Future<Search.Found>> searches = new ArrayList<>();
    for (Chat chat : List.of(assembly.chat, other)) {
      for (Caller who : List.of(assembly.alice, assembly.bo)) {
        for (String query : List.of("needle", "1299")) {
          searches.add(chat.search().in(who, group, query, Search.Narrowed.none(), 0, 50));
        }
      }
    }
    await(Future.all(searches));
    for (int i = 0; i < searches.size(); i++) {
      assertThat(seqs(searches.get(i).result())).hasSize(1);
      if (i % 2 == 0) {
        assertThat(seqs(searches.get(i).result())).containsExactly(needle);
      }
    }
    assertThat(
            await(
                assembly.store.find(
                    Query.in(Signatures.COLLECTION, "_id").from(new BsonString("")).limit(100))))
        .hasSize(5);
    await(other.close());
    await(vertx.close());
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

  @Test
  void ofManySearchesAtOnceSomeAreToldToComeAgain() throws Exception {
    ConversationId group = assembly.group("many");
    postAll(group, 300, "hay");
    List<Future<Search.Found>> searches = new ArrayList<>();
    slow.before(
        (doing, collection) ->
            collection.equals("entries")
                ? Future.future(p -> assembly.vertx.setTimer(50, t -> p.complete()))
                : Future.succeededFuture());
    for (int i = 0; i < 20; i++) {
      searches.add(
          assembly.chat.search().in(assembly.bo, group, "hay", Search.Narrowed.none(), 0, 1));
    }
    await(Future.join(searches).otherwiseEmpty());
    assertThat(searches.stream().filter(Future::succeeded).count()).isBetween(1L, 19L);
    assertThat(searches.stream().filter(Future::failed).map(Future::cause))
        .isNotEmpty()
        .allSatisfy(
            why ->
                assertThat(why)
                    .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.TOO_MANY)));
    slow.before((doing, collection) -> Future.succeededFuture());
    assertThat(search(assembly.bo, group, "hay").hits()).isNotEmpty();
  }
}
