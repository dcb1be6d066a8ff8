package chat.plenary.messaging.meeting;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import chat.plenary.messaging.fault.Fault;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Links are in no log, whatever a provider throws. */
class SecretsTest {
  private static final String SECRET = "https://meet.example.org/secret";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger plenary = (Logger) LoggerFactory.getLogger("chat.plenary");
  private MeetingHouse house;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    plenary.setLevel(Level.TRACE);
    log.start();
    plenary.addAppender(log);
    house = new MeetingHouse(directory);
  }

  @AfterEach
  void close() throws Exception {
    house.close();
    plenary.detachAppender(log);
    plenary.setLevel(null);
  }

  @Test
  void noLogHoldsALinkWhateverAProviderThrows() throws Exception {
    String id = house.called(house.wish("w"));
    await(house.meetings.join(house.bob, id));
    house.tencent.before = what -> Future.failedFuture(new IllegalStateException(SECRET));
    Fault fault = MeetingHouse.fault(house.meetings.join(house.bob, id));
    assertThat(fault.code()).isEqualTo(Fault.Code.UNKNOWN);
    assertThat(fault.getMessage()).doesNotContain("http");
    house.tencent.before =
        what -> {
          throw new IllegalStateException(SECRET);
        };
    String failed = house.called(house.wish("x"));
    assertThat(house.view(failed).getString("problem")).doesNotContain("http");
    house.clock.pass(Duration.ofHours(1));
    house.started(id);
    house.ended(id);
    house.pass(Duration.ofMinutes(5));

    assertThat(log.list).as("something is logged at all").isNotEmpty();
    assertThat(log.list)
        .allSatisfy(
            event -> {
              assertThat(event.getFormattedMessage()).doesNotContain("meet.example.org");
              assertThat(event.getThrowableProxy()).isNull();
            });
  }
}
