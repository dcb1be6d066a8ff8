package chat.plenary.node.demo;

import chat.plenary.messaging.interpretation.TextSpeaker;
import chat.plenary.simulator.speech.SimulatedVoice;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for a voice in the demonstration, where none is installed: a plain tone for each
 * sentence, in any language, so that what a listener gets can be tried out. It is no speech and
 * says so.
 */
public final class SimulatedSpeaker implements TextSpeaker {
  /** As fast as the simulated meeting talks, so that the tones keep up with it. */
  private static final int CHARACTER_MILLIS = 50;

  private static final int MOST_MILLIS = 10_000;

  private final AtomicInteger spoken = new AtomicInteger();

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public String title() {
    return "Simulated voice";
  }

  @Override
  public boolean outside() {
    return false;
  }

  @Override
  public boolean simulated() {
    return true;
  }

  @Override
  public boolean speaks(String language) {
    return true;
  }

  @Override
  public Future<Buffer> speak(String text, String language) {
    int milliseconds = Math.min(MOST_MILLIS, text.length() * CHARACTER_MILLIS);
    return Future.succeededFuture(
        Buffer.buffer(SimulatedVoice.tone(spoken.getAndIncrement(), milliseconds)));
  }
}
