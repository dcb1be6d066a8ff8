package chat.plenary.messaging.voice;

import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What somebody heard. */
final class HeardVoice implements Ear {
  /** The sentences that began, as {@code key engine}. */
  final List<String> sentences = new CopyOnWriteArrayList<>();

  final AtomicInteger bytes = new AtomicInteger();
  final AtomicLong lost = new AtomicLong();
  final AtomicInteger looks = new AtomicInteger();

  @Override
  public void sentence(String key, String engine, String title) {
    sentences.add(key + " " + engine);
  }

  @Override
  public void audio(Buffer audio) {
    assertThat(audio.length()).isBetween(2, 6_400);
    bytes.addAndGet(audio.length());
  }

  @Override
  public void lost(long milliseconds) {
    lost.addAndGet(milliseconds);
  }

  @Override
  public void look() {
    looks.incrementAndGet();
  }

  /** Waits until it has heard so many milliseconds. */
  void heard(int milliseconds) throws Exception {
    until(milliseconds + " ms of voice", () -> bytes.get() / 32 >= milliseconds);
  }

  /** Waits until so many sentences began. */
  void sentences(int many) throws Exception {
    until(many + " sentences", () -> sentences.size() >= many);
    assertThat(sentences).hasSize(many);
  }
}
