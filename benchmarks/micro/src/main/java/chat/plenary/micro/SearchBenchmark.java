package chat.plenary.micro;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.cluster.VertxBus;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Projection;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Lanes;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.organisation.OrganisationState;
import chat.plenary.messaging.search.Search;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.embedded.EmbeddedOptions;
import chat.plenary.messaging.store.embedded.EmbeddedStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * The benchmark of search: {@code DIRECTORY ENTRIES}. A group in an embedded store gets so many
 * messages, half in English-like words, half in Chinese characters, drawn by Zipf's law; then it is
 * searched, first without signatures.
 */
public final class SearchBenchmark {
  private static final int BATCH = 2_000;
  private static final int WORDS = 30_000;
  private static final int CHARACTERS = 3_500;

  private final PrintStream out;
  private final Random random = new Random(2_045);
  private final List<String> vocabulary = new ArrayList<>();
  private final AtomicLong read = new AtomicLong();

  private SearchBenchmark(PrintStream out) {
    this.out = out;
    String[] syllables = "ba con de ment ing re s pro ti on al ter is co er an sta per".split(" ");
    for (int i = 0; i < WORDS; i++) {
      StringBuilder word = new StringBuilder();
      for (int j = 0; j < 1 + random.nextInt(4); j++) {
        word.append(syllables[random.nextInt(syllables.length)]);
      }
      vocabulary.add(word.append((char) ('a' + random.nextInt(26))).toString());
    }
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2) {
      System.err.println("usage: DIRECTORY ENTRIES");
      System.exit(2);
    }
    new SearchBenchmark(System.out).run(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    System.exit(0);
  }

  private int zipf(int most) {
    return (int) Math.min(most - 1, Math.exp(random.nextDouble() * Math.log(most)) - 1);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    if (random.nextBoolean()) {
      for (int i = 0; i < 4 + random.nextInt(12); i++) {
        text.append(vocabulary.get(zipf(WORDS))).append(' ');
      }
    } else {
      for (int i = 0; i < 6 + random.nextInt(28); i++) {
        text.append((char) (0x4e00 + zipf(CHARACTERS)));
      }
    }
    return text.toString();
  }

  /** Counts the entries that are read. */
  private Store counting(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, given) -> {
              Object result = method.invoke(store, given);
              if (method.getName().equals("find")
                  && ((Query) given[0]).collection().equals("entries")) {
                ((Future<?>) result).onSuccess(found -> read.addAndGet(((List<?>) found).size()));
              }
              return result;
            });
  }

  private void run(Path directory, int entries) throws Exception {
    Files.createDirectories(directory);
    Vertx vertx = Vertx.vertx();
    Store store = counting(await(EmbeddedStore.open(vertx, directory, EmbeddedOptions.defaults())));
    Chat chat =
        await(
            Chat.open(
                store,
                await(VertxBus.open(vertx)),
                new VertxTimers(vertx, Clock.systemUTC()),
                Lanes.contexts(vertx, 2),
                Chat.Options.defaults()));
    await(chat.start());
    OrganisationId home =
        await(chat.organisations().create("Search", "alice", "Alice", "correct horse battery"));
    AccountId owner =
        Objects.requireNonNull(
                ((OrganisationState) await(chat.log().state(ConversationId.of(home))))
                    .byUserid("alice"))
            .id();
    Caller alice = new Caller(owner, home, null, Role.OWNER, false);
    ConversationId group =
        await(
                chat.conversations()
                    .createGroup(alice, "g", "Group", List.of(), true, new Ref("create")))
            .id();
    long begun = System.nanoTime();
    for (int i = 0; i < entries; i += BATCH) {
      List<Future<?>> posted = new ArrayList<>();
      for (int j = i; j < Math.min(entries, i + BATCH); j++) {
        String text = j == 10 ? "the needle 针在 草堆" : text();
        posted.add(
            chat.messages().post(alice, group, new Ref("r" + j), MessageBody.text(text), "p" + j));
      }
      await(Future.all(posted));
    }
    out.printf("%,d entries posted in %.1f s%n", entries, since(begun) / 1e3);
    int lane = chat.log().lane(group);
    while (await(chat.log().places(Projection.NAME))[lane] < chat.log().cursor().number(lane)) {
      Thread.sleep(100);
    }
    search(chat, alice, group, "needle", "cold");
    out.printf("signatures: %.1f bytes an entry%n", (double) signatures(store) / entries);
    for (int i = 0; i < 2; i++) {
      for (String query :
          List.of("needle", "针在", "nowhere", "zzz", "龥", "丈丏 " + vocabulary.get(900), "re")) {
        search(chat, alice, group, query, "warm");
      }
    }
    await(chat.close());
    await(store.close());
  }

  /** All requests that it takes to come to the beginning, or to 20 hits. */
  private void search(Chat chat, Caller who, ConversationId group, String query, String how)
      throws Exception {
    long before = 0;
    int hits = 0;
    int requests = 0;
    double longest = 0;
    read.set(0);
    final long begun = System.nanoTime();
    do {
      long one = System.nanoTime();
      Search.Found found =
          await(chat.search().in(who, group, query, Search.Narrowed.none(), before, 20));
      longest = Math.max(longest, since(one));
      hits += found.hits().size();
      before = found.next();
      requests++;
    } while (before > 0 && hits < 20);
    out.printf(
        "%s %-14s %3d hits, %,.0f ms in %d requests (longest %,.0f ms), %,d entries read%n",
        how, query, hits, since(begun), requests, longest, read.get());
  }

  private static long signatures(Store store) throws Exception {
    long bytes = 0;
    BsonString after = new BsonString("");
    while (true) {
      List<BsonDocument> page =
          await(store.find(Query.in("search", "_id").after(after).limit(500)));
      if (page.isEmpty()) {
        return bytes;
      }
      for (BsonDocument row : page) {
        bytes += row.getBinary("b").getData().length;
        after = row.getString("_id");
      }
    }
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
  }
}
