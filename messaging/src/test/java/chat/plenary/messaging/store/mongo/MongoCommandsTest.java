package chat.plenary.messaging.store.mongo;

import static chat.plenary.messaging.store.StoreUnderTest.doc;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.StoreException.Kind;
import chat.plenary.messaging.store.StoreUnderTest;
import com.mongodb.ClientSessionOptions;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.reactivestreams.client.MongoClients;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What is sent to a server, and how its times are carried on. */
class MongoCommandsTest {
  /** Commands as they are sent. */
  private static final class Sent implements CommandListener {
    private final Queue<BsonDocument> commands = new ConcurrentLinkedQueue<>();

    @Override
    public void commandStarted(CommandStartedEvent event) {
      commands.add(event.getCommand().clone());
    }

    List<BsonDocument> of(String name) {
      return commands.stream().filter(command -> command.containsKey(name)).toList();
    }
  }

  @Test
  void aRunIsOneOrderedCommandThatAsksForTheMajoritysJournalsAndIsNeverRepeated() {
    var server = TestMongo.shared();
    var vertx = Vertx.vertx();
    var sent = new Sent();
    var opening =
        MongoStore.open(
            vertx,
            server.freshUri(),
            server.options(),
            settings -> settings.addCommandListener(sent));
    var store = TestMongo.await(opening);
    var run = new ArrayList<BsonDocument>();
    for (int i = 0; i < 100; i++) {
      run.add(doc("id%03d".formatted(i), "text", "x".repeat(100_000)));
    }
    TestMongo.await(store.insert("c", run));
    assertThat(StoreUnderTest.failure(store.insert("c", run)).kind()).isEqualTo(Kind.DUPLICATE);
    assertThat(sent.of("insert")).hasSize(2);
    var insert = sent.of("insert").get(0);
    assertThat(insert.getArray("documents")).hasSize(100);
    assertThat(insert.get("ordered")).isEqualTo(BsonBoolean.TRUE);
    assertThat(insert.getDocument("writeConcern").get("w")).isEqualTo(new BsonString("majority"));
    assertThat(insert.getDocument("writeConcern").get("j")).isEqualTo(BsonBoolean.TRUE);
    assertThat(insert.getDocument("writeConcern")).containsKey("wtimeout");
    assertThat(insert).doesNotContainKey("txnNumber");
    TestMongo.await(store.close());
    TestMongo.await(vertx.close());
  }

  @Test
  void readsAskForTheMajorityInASession() {
    var server = TestMongo.shared();
    Assumptions.assumeFalse(
        server.kind() == TestMongo.Kind.IN_MEMORY, "mongo-java-server has no sessions");
    var vertx = Vertx.vertx();
    var sent = new Sent();
    var opening =
        MongoStore.open(
            vertx,
            server.freshUri(),
            server.options(),
            settings -> settings.addCommandListener(sent));
    var store = TestMongo.await(opening);
    TestMongo.await(store.insert("c", List.of(doc("a"))));
    TestMongo.await(store.get("c", List.of("a")));
    TestMongo.await(store.find(Query.in("c", "_id")));
    assertThat(sent.of("find")).hasSize(2);
    for (var find : sent.of("find")) {
      assertThat(find.getDocument("readConcern").get("level"))
          .isEqualTo(new BsonString("majority"));
      assertThat(find).containsKey("lsid").containsKey("maxTimeMS");
    }
    TestMongo.await(store.close());
    TestMongo.await(vertx.close());
  }

  @Test
  void aSessionBeginsAtTheNewestTimeThatWasAcknowledged() {
    var causal = ClientSessionOptions.builder().causallyConsistent(true).build();
    try (var client = MongoClients.create("mongodb://127.0.0.1:1")) {
      var causality = new Causality();
      var first = TestMongo.await(Collected.one(client.startSession(causal)));
      var second = TestMongo.await(Collected.one(client.startSession(causal)));
      var third = TestMongo.await(Collected.one(client.startSession(causal)));
      causality.carryTo(first);
      assertThat(first.getOperationTime()).isNull();
      first.advanceOperationTime(new BsonTimestamp(7, 2));
      first.advanceClusterTime(new BsonDocument("clusterTime", new BsonTimestamp(7, 3)));
      second.advanceOperationTime(new BsonTimestamp(7, 1));
      causality.learnFrom(first);
      causality.learnFrom(second);
      causality.carryTo(third);
      assertThat(third.getOperationTime()).isEqualTo(new BsonTimestamp(7, 2));
      assertThat(third.getClusterTime().get("clusterTime")).isEqualTo(new BsonTimestamp(7, 3));
    }
  }

  @Test
  void answersAreReadByTheirCodesAlone() {
    assertThat(Failures.ofWrite("c", BsonDocument.parse("{n: 1, ok: 1}"))).isNull();
    assertThat(kind("{n: 0, writeErrors: [{index: 0, code: 11000, errmsg: 'x'}]}"))
        .isEqualTo(Kind.DUPLICATE);
    assertThat(kind("{n: 0, writeErrors: [{index: 0, code: 16908292, errmsg: 'E11000'}]}"))
        .isEqualTo(Kind.UNKNOWN);
    assertThat(kind("{n: 1, writeErrors: [{index: 0, code: 11000}, {index: 2, code: 2}]}"))
        .isEqualTo(Kind.UNKNOWN);
    assertThat(kind("{n: 1, writeConcernError: {code: 64, errmsg: 'timed out'}}"))
        .isEqualTo(Kind.UNKNOWN);
    assertThat(
            kind("{n: 0, writeErrors: [{index: 0, code: 11000}], writeConcernError: {code: 64}}"))
        .as("the prefix is not durable")
        .isEqualTo(Kind.UNKNOWN);
  }

  @Test
  void noKeyOrTextOfTheServerIsRepeated() {
    var answer = "{n: 0, writeErrors: [{index: 0, code: 2, errmsg: 'value: alice-secret'}]}";
    var failure = Failures.ofWrite("c", BsonDocument.parse(answer));
    assertThat(failure.toString()).doesNotContain("alice").contains("code 2");
    assertThat(failure.getCause()).isNull();
  }

  @Test
  void aUriGetsAnotherDatabaseWithoutLosingWhereItsCredentialsAre() {
    assertThat(TestMongo.withDatabase("mongodb://h:1/a?x=1", "b")).isEqualTo("mongodb://h:1/b?x=1");
    assertThat(TestMongo.withDatabase("mongodb://h:1", "b")).isEqualTo("mongodb://h:1/b");
    assertThat(TestMongo.withDatabase("mongodb://u:p@h:1/a", "b"))
        .isEqualTo("mongodb://u:p@h:1/b?authSource=a");
  }

  private static Kind kind(String answer) {
    return Failures.ofWrite("c", BsonDocument.parse(answer)).kind();
  }
}
