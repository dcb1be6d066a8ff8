package chat.plenary.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.protocol.ServerFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveSessionTest {
  private static final ConversationId GROUP = new ConversationId("gAAAAAAAAAAAAAAAAAAAAAA");
  private static final ConversationId OTHER = new ConversationId("gAAAAAAAAAAAAAAAAAAAAAQ");
  private static final AccountId ALICE = new AccountId("aAAAAAAAAAAAAAAAAAAAAAA");
  private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");

  private boolean fresh = true;
  private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
  private final LiveSession session = session();

  private LiveSession session() {
    ChannelHandlerContext context = channel.pipeline().firstContext();
    // A loop that never comes round, so it never asks who hands things over.
    EventLoop idle = new EmbeddedChannel().eventLoop();
    Outlet outlet = new Outlet(idle, Delivery.class.cast(null), () -> fresh, 1 << 20);
    return new LiveSession(
        Caller.service(new OrganisationId("oAAAAAAAAAAAAAAAAAAAAAA")),
        new Outbox(context, outlet, () -> {}));
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void whatWasToldBeforeItWasHandedOverDoesNotComeAgainWhenItIs() {
    session.live(Map.of(GROUP, 5L), applied(9));
    take(GROUP, 4, 5);
    take(OTHER, 4);
    take(GROUP, 5, 6);
    take(GROUP, 7);
    assertThat(written()).containsExactly(4L, 6L, 7L);
  }

  @Test
  void numbersAreComparedOnlyUntilAllThatHadBeenAppliedWasHandedOver() {
    session.live(Map.of(GROUP, 5L), applied(9));
    session.handedOver(applied(8));
    take(GROUP, 5);
    assertThat(written()).isEmpty();
    session.handedOver(applied(9));
    take(GROUP, 5);
    assertThat(written()).containsExactly(5L);
  }

  @Test
  void whatIsMissedBeforeTheGreetingIsReadWithItAndNotBeforeIt() {
    take(GROUP, 1);
    session.passOver(entry(GROUP, 2));
    assertThat(session.phase).isEqualTo(LiveSession.Phase.REGISTERED);
    assertThat(session.backlog).isEmpty();
    assertThat(session.place()).isNull();
    session.phase = LiveSession.Phase.RESUMING;
    session.passOver(entry(GROUP, 3));
    assertThat(session.phase).isEqualTo(LiveSession.Phase.BEHIND);
  }

  /**
   * The group's entries 4 and 5 wait for their conversation to be loaded; 6 of another does not.
   */
  @Test
  void whatWasToldStaysToldWhenItIsBroughtUpToDateAgainBeforeItWasHandedOver() {
    session.standsAt(applied(3));
    session.live(Map.of(GROUP, 5L), applied(6));
    take(OTHER, 6);
    session.fallBehind();
    assertThat(session.place()).isEqualTo(applied(6));
    session.live(Map.of(OTHER, 7L), applied(7));
    take(GROUP, 4, 5);
    take(OTHER, 7, 8);
    assertThat(written()).containsExactly(6L, 8L);
  }

  /** Until then it waits with the welcome before it, and the loop may not have come round yet. */
  @Test
  void whatWaitedForTheNodeToBeFreshGoesBeforeWhatIsWrittenWhenItIs() {
    fresh = false;
    session.outbox().send(new ServerFrame.Live("first"));
    assertThat(channel.outboundMessages()).isEmpty();
    fresh = true;
    session.outbox().send(new ServerFrame.Live("second"));
    fresh = false;
    session.outbox().send(new ServerFrame.Live("third"));
    fresh = true;
    session.live(Map.of(), applied(3));
    take(GROUP, 4);
    session.outbox().flush();
    List<String> texts = new ArrayList<>();
    for (ByteBuf bytes; (bytes = channel.readOutbound()) != null; bytes.release()) {
      texts.add(bytes.toString(StandardCharsets.UTF_8));
    }
    assertThat(texts).hasSize(4);
    assertThat(texts.get(0)).contains("first");
    assertThat(texts.get(1)).contains("second");
    assertThat(texts.get(2)).contains("third");
    assertThat(texts.get(3)).contains("\"seq\":4");
  }

  /**
   * What is lacked is read again, in the frame of its conversation; no entry is handed over twice.
   */
  @Test
  void whatIsLackedLowersThePlaceAndBringsNoEntryAgainThatWasTold() {
    session.standsAt(applied(3));
    session.live(Map.of(), applied(3));
    take(OTHER, 5);
    session.fallBehind();
    session.lacks(3, 4);
    assertThat(session.place()).isEqualTo(applied(3));
    session.live(Map.of(GROUP, 4L, OTHER, 5L), applied(5));
    take(GROUP, 4);
    take(OTHER, 6);
    assertThat(written()).containsExactly(5L, 6L);
  }

  private static Cursor applied(long n) {
    long[] numbers = new long[Log.LANES];
    numbers[3] = n;
    return Cursor.of(1, numbers);
  }

  private void take(ConversationId conversation, long... seqs) {
    List<News> news = new ArrayList<>();
    ByteBuf bytes = Unpooled.buffer();
    for (long seq : seqs) {
      Entry entry = entry(conversation, seq);
      News one = new News(entry, ConversationState.none(conversation), true, 0);
      news.add(one);
      bytes.writeBytes(one.bytes());
    }
    session.take(news, bytes, true);
    bytes.release();
  }

  private static Entry entry(ConversationId conversation, long seq) {
    return new Entry(
        conversation,
        3,
        seq,
        seq,
        seq,
        ALICE,
        "r" + seq,
        Instant.EPOCH,
        Kinds.POSTED,
        1,
        new BsonDocument("type", new BsonString("text")).append("text", new BsonString("hello")));
  }

  private List<Long> written() {
    channel.flushOutbound();
    StringBuilder all = new StringBuilder();
    for (ByteBuf one = channel.readOutbound(); one != null; one = channel.readOutbound()) {
      all.append(one.toString(StandardCharsets.ISO_8859_1));
      one.release();
    }
    return SEQ.matcher(all)
        .results()
        .map((MatchResult found) -> Long.parseLong(found.group(1)))
        .toList();
  }
}
