package chat.plenary.messaging.log;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** The newest entries of a lane. */
class RecentTest {
  private final Recent recent = new Recent();

  private void add(long from, long to) {
    recent.add(
        LongStream.rangeClosed(from, to).mapToObj(n -> new Applied(entry(n), null, null)).toList());
  }

  private List<Long> after(long n, int limit) {
    return recent.after(n, limit).stream().map(Entry::n).toList();
  }

  @Test
  void givesWhatFollowsANumberAndNothingWhereItLacksSome() {
    add(11, 15);
    assertThat(after(10, 3)).containsExactly(11L, 12L, 13L);
    assertThat(after(13, 100)).containsExactly(14L, 15L);
    assertThat(after(15, 100)).isEmpty();
    assertThat(after(9, 100)).as("10 is not held").isEmpty();
  }

  @Test
  void aGapBeginsItAnew() {
    add(1, 3);
    add(7, 8);
    assertThat(after(0, 100)).isEmpty();
    assertThat(after(6, 100)).containsExactly(7L, 8L);
  }

  @Test
  void isBoundedAndForgets() {
    add(1, Recent.MOST + 10L);
    assertThat(after(9, 1_000)).isEmpty();
    assertThat(after(10, 1_000)).hasSize(Recent.MOST);
    recent.forget(Recent.MOST + 9L);
    assertThat(after(Recent.MOST + 9L, 1_000)).containsExactly(Recent.MOST + 10L);
    recent.forget(Long.MAX_VALUE);
    assertThat(after(Recent.MOST + 9L, 1_000)).isEmpty();
  }

  private static Entry entry(long n) {
    return new Entry(
        LogFixture.ROOM,
        3,
        n,
        n,
        n,
        AccountId.service(OrganisationId.of("home")),
        "r" + n,
        Instant.EPOCH,
        "post",
        1,
        new BsonDocument());
  }
}
