package chat.plenary.messaging.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.store.StoreException.Kind;
import chat.plenary.messaging.store.StoreUnderTest;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is refused at opening, and what is said of a server that is not there. */
class MongoOpeningTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final String PASSWORD = "hunter2secret";

  @AfterAll
  static void stop() {
    TestMongo.await(VERTX.close());
  }

  @Test
  void aServerWithoutSessionsIsRefusedUnlessTheProgramStartedIt() {
    var server = new MongoServer(new MemoryBackend());
    try {
      var uri = server.bindAndGetConnectionString() + "/plenary";
      var failure = StoreUnderTest.failure(MongoStore.open(VERTX, uri, MongoOptions.defaults()));
      assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
      assertThat(failure).hasMessageContaining("no sessions");
      var options = MongoOptions.defaults().acceptingNoSessions();
      var store = TestMongo.await(MongoStore.open(VERTX, uri, options));
      TestMongo.await(store.insert("c", List.of(StoreUnderTest.doc("a"))));
      assertThat(TestMongo.await(store.get("c", List.of("a")))).hasSize(1);
      TestMongo.await(store.close());
      TestMongo.await(store.close());
      assertThat(StoreUnderTest.failure(store.ping()).kind()).isEqualTo(Kind.UNKNOWN);
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void aMalformedUriIsRefusedWithoutRepeatingIt() {
    for (var uri :
        List.of(
            "mongodb://alice:" + PASSWORD + "@",
            "mongodb://alice:" + PASSWORD + "@/@host:1/db",
            "mongo://alice:" + PASSWORD + "@host/db",
            "mongodb://alice:" + PASSWORD + "@host:notaport/db",
            "mongodb://alice:" + PASSWORD + "@host/db?w=2&authMechanism=" + PASSWORD)) {
      var failure = StoreUnderTest.failure(MongoStore.open(VERTX, uri, MongoOptions.defaults()));
      assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
      assertThat(failure.toString()).doesNotContain(PASSWORD).contains("MongoDB URI");
      assertThat(failure.getCause()).isNull();
    }
  }

  @Test
  void aServerThatIsNotThereIsUnknownWithinTheTimeAndThePasswordIsNotTold() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var uri = "mongodb://alice:" + PASSWORD + "@127.0.0.1:" + port + "/plenary";
    var failure = StoreUnderTest.failure(MongoStore.open(VERTX, uri, MongoOptions.defaults()));
    assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN);
    for (Throwable each = failure; each != null; each = each.getCause()) {
      assertThat(each.toString()).doesNotContain(PASSWORD);
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsUnknownWithinTheTime() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var uri = "mongodb://127.0.0.1:" + silent.getLocalPort() + "/plenary";
      var failure = StoreUnderTest.failure(MongoStore.open(VERTX, uri, MongoOptions.defaults()));
      assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN);
    }
  }

  @Test
  void moreThanMayWaitFailsAtOnceAsUnknown() {
    var server = TestMongo.shared();
    var options = server.options().bounded(2, 10);
    var store = TestMongo.await(MongoStore.open(VERTX, server.freshUri(), options));
    var all = new ArrayList<Future<Void>>();
    for (int i = 0; i < 200; i++) {
      all.add(store.insert("c", List.of(StoreUnderTest.doc("id" + i))));
    }
    var refused =
        all.stream()
            .filter(one -> one.failed() && one.cause().getMessage().contains("too many"))
            .count();
    assertThat(refused).isPositive();
    all.forEach(one -> TestMongo.await(one.otherwiseEmpty()));
    TestMongo.await(store.insert("c", List.of(StoreUnderTest.doc("later"))));
    TestMongo.await(store.close());
  }

  @Test
  void nonsenseOptionsAreRefused() {
    var failures = new ArrayList<String>();
    for (var nonsense :
        List.<Runnable>of(
            () -> MongoOptions.defaults().bounded(0, 10),
            () -> MongoOptions.defaults().bounded(5, 4),
            () ->
                new MongoOptions(
                    1,
                    1,
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    false))) {
      try {
        nonsense.run();
      } catch (IllegalArgumentException e) {
        failures.add(e.getMessage());
      }
    }
    assertThat(failures).hasSize(3);
  }
}
