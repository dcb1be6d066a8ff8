package chat.plenary.integrations.speech;

import chat.plenary.messaging.interpretation.Speech;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What an engine told of a speech. */
final class HeardSpeech implements Consumer<Speech> {
  final List<Speech> all = new CopyOnWriteArrayList<>();

  @Override
  public void accept(Speech speech) {
    all.add(speech);
  }

  /** The newest of each sentence, in the order in which they began. */
  Map<String, Speech.Sentence> sentences() {
    Map<String, Speech.Sentence> found = new LinkedHashMap<>();
    all.forEach(
        one -> {
          if (one instanceof Speech.Sentence sentence) {
            found.put(sentence.key(), sentence);
          }
        });
    return found;
  }

  List<String> finished() {
    return sentences().values().stream()
        .filter(Speech.Sentence::complete)
        .map(Speech.Sentence::text)
        .toList();
  }

  /** The voice of a sentence so far, in one piece. */
  Buffer voice(String key) {
    Buffer whole = Buffer.buffer();
    all.forEach(
        one -> {
          if (one instanceof Speech.Voice voice && key.equals(voice.key())) {
            whole.appendBuffer(voice.audio());
          }
        });
    return whole;
  }

  /** Waits, at most 20 s, until nothing more comes. */
  Speech.Ended ended() throws InterruptedException {
    for (int i = 0; i < 1_000; i++) {
      for (Speech one : all) {
        if (one instanceof Speech.Ended ended) {
          return ended;
        }
      }
      Thread.sleep(20);
    }
    throw new AssertionError("it does not end: " + all);
  }
}
