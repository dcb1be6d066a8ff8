package chat.plenary.messaging.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.voice.VoiceCounts;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A listener who takes nothing for a while. */
class VoiceQueueTest {
  private final List<String> taken = new ArrayList<>();
  private final VoiceCounts counts = new VoiceCounts(List.of());
  private boolean takes;
  private final VoiceQueue queue =
      new VoiceQueue(
          new VoiceQueue.Taker() {
            @Override
            public boolean takes() {
              return takes;
            }

            @Override
            public void text(JsonObject frame) {
              taken.add(frame.encode());
            }

            @Override
            public void audio(Buffer audio) {
              taken.add(audio.length() / 32 + " ms");
            }
          },
          counts);

  private void add(int milliseconds) {
    queue.add(Buffer.buffer(new byte[milliseconds * 32]));
  }

  @Test
  void whatIsTakenAtOnceIsToldInOrder() {
    takes = true;
    queue.begin(new JsonObject().put("key", "a"));
    add(200);
    add(100);
    queue.begin(new JsonObject().put("key", "b"));
    add(200);
    assertThat(taken)
        .containsExactly("{\"key\":\"a\"}", "200 ms", "100 ms", "{\"key\":\"b\"}", "200 ms");
  }

  @Test
  void threeSecondsWaitAndTheOldestFallsAwayAndIsTold() {
    queue.begin(new JsonObject().put("key", "a"));
    for (int i = 0; i < 25; i++) {
      add(200);
    }
    assertThat(taken).isEmpty();
    takes = true;
    queue.flush();
    assertThat(taken).hasSize(2 + 15);
    assertThat(taken.get(0)).isEqualTo("{\"type\":\"lost\",\"milliseconds\":2000}");
    assertThat(counts.slow()).isEqualTo(2_000);
    assertThat(counts.sent()).isEqualTo(3_000);
    assertThat(taken.get(1)).isEqualTo("{\"key\":\"a\"}");
    add(200);
    assertThat(taken).last().isEqualTo("200 ms");
    assertThat(taken).hasSize(18);
  }
}
