package chat.plenary.messaging.caption;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.Speech;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An engine that hears what the test says. */
public final class FakeEngine implements SpeechInterpreter {
  public final List<Heard> sessions = new CopyOnWriteArrayList<>();
  public volatile boolean away;
  public volatile boolean slow;
  public volatile boolean outside;

  /** Whether it can speak what it translates. */
  public volatile boolean voice;

  /** One session, by the test's hand. */
  public final class Heard implements Session {
    public final List<String> into;
    public final List<Buffer> audio = new CopyOnWriteArrayList<>();
    public final List<Promise<Void>> waiting = new CopyOnWriteArrayList<>();
    public volatile boolean ended;
    public volatile Set<String> aloud = Set.of();
    private final Consumer<Speech> told;

    Heard(List<String> into, Consumer<Speech> told) {
      this.into = into;
      this.told = told;
    }

    public void hear(String key, String text, boolean complete) {
      hear(key, text, Map.of(), complete);
    }

    public void hear(String key, String text, Map<String, String> translations, boolean complete) {
      told.accept(new Speech.Sentence(key, text, translations, 0, 1_000, complete));
    }

    public void breakOff(String problem, boolean again) {
      told.accept(new Speech.Ended(problem, again));
    }

    @Override
    public Future<Void> audio(Buffer piece) {
      audio.add(piece);
      if (!slow) {
        return Future.succeededFuture();
      }
      Promise<Void> taken = Promise.promise();
      waiting.add(taken);
      return taken.future();
    }

    @Override
    public Set<String> aloud(Set<String> languages) {
      aloud = languages;
      return languages;
    }

    /** Speaks so much of a sentence. */
    public void speak(String key, String language, int milliseconds) {
      Buffer audio = Buffer.buffer(new byte[milliseconds * 32]);
      Speech.Voice.pieces(language, key, audio).forEach(told);
    }

    @Override
    public void end() {
      if (!ended) {
        ended = true;
        told.accept(new Speech.Ended(null, false));
      }
    }
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public String title() {
    return "Fake";
  }

  @Override
  public boolean outside() {
    return outside;
  }

  @Override
  public boolean hears(String language) {
    return !language.equals("ar");
  }

  @Override
  public boolean interprets(String from, String to) {
    return to.equals("es");
  }

  @Override
  public boolean speaks(String from, String to) {
    return voice && interprets(from, to);
  }

  @Override
  public Future<Session> open(String language, List<String> into, Consumer<Speech> heard) {
    if (away) {
      return Future.failedFuture(
          Fault.of(Fault.Code.UNAVAILABLE, "Fake does not answer: try again."));
    }
    Heard session = new Heard(into, heard);
    sessions.add(session);
    return Future.succeededFuture(session);
  }

  public Heard last() {
    return sessions.get(sessions.size() - 1);
  }
}
