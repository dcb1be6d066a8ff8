package chat.plenary.messaging.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class WaitingVoiceTest {
  private final WaitingVoice waiting = new WaitingVoice(500);

  private static WaitingVoice.Piece piece(String sentence, int milliseconds) {
    JsonObject head = sentence == null ? null : new JsonObject().put("key", sentence);
    return new WaitingVoice.Piece(head, Buffer.buffer(new byte[milliseconds * 32]));
  }

  @Test
  void theOldestFallsAwayAndItsSentenceIsStillNamed() {
    assertThat(waiting.add(piece("a", 200))).isZero();
    assertThat(waiting.add(piece(null, 200))).isZero();
    assertThat(waiting.add(piece(null, 100))).isZero();
    assertThat(waiting.add(piece("b", 200))).isEqualTo(200);
    assertThat(waiting.poll()).isEqualTo(piece("a", 200));
    assertThat(waiting.poll()).isEqualTo(piece(null, 100));
    assertThat(waiting.poll()).isEqualTo(piece("b", 200));
    assertThat(waiting.poll()).isNull();
  }

  @Test
  void aSentenceThatFellAwayWholeIsNotNamed() {
    waiting.add(piece("a", 400));
    assertThat(waiting.add(piece("b", 400))).isEqualTo(400);
    assertThat(waiting.poll()).isEqualTo(piece("b", 400));
  }
}
