package chat.plenary.messaging.caption;

import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.interpretation.Speech;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import chat.plenary.messaging.log.Timers;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The voice that an engine gives of one speech. The engine is asked for it only while somebody
 * listens, which is looked at each second; into what people interpret no machine speaks.
 */
final class Aloud {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Interpreters interpreters;
  private final SpeechInterpreter engine;
  private final VoiceOut voices;
  private final Timers timers;
  private final SpeechFeed.Source source;
  private SpeechInterpreter.@Nullable Session session;
  private Set<String> asked = Set.of();
  private Set<String> given = Set.of();
  private boolean looking;

  Aloud(
      Interpreters interpreters,
      SpeechInterpreter engine,
      VoiceOut voices,
      Timers timers,
      SpeechFeed.Source source) {
    this.interpreters = interpreters;
    this.engine = engine;
    this.voices = voices;
    this.timers = timers;
    this.source = source;
  }

  /** A session of the engine has begun. */
  void begin(SpeechInterpreter.Session begun) {
    boolean speaks = source.into().stream().anyMatch(one -> engine.speaks(source.language(), one));
    synchronized (this) {
      session = speaks ? begun : null;
      asked = Set.of();
      given = Set.of();
      if (!speaks || looking) {
        return;
      }
      looking = true;
    }
    look();
  }

  /** The session broke off. */
  void broken() {
    boolean spoke;
    synchronized (this) {
      spoke = !given.isEmpty();
      over();
    }
    if (spoke) {
      voices.failed(engine.name());
    }
  }

  /** The session is over: what comes of it still is not passed on. */
  synchronized void over() {
    session = null;
    given = Set.of();
  }

  /** Asks outside of the lock: an engine may hold one of its own while it tells what it heard. */
  private void look() {
    SpeechInterpreter.Session now;
    Set<String> before;
    synchronized (this) {
      now = session;
      before = asked;
      if (now == null) {
        looking = false;
        return;
      }
    }
    Set<String> wanted = wanted();
    if (!wanted.equals(before)) {
      set(now, wanted, wanted);
      set(now, wanted, Set.copyOf(now.aloud(wanted)));
    }
    Set<String> gives;
    synchronized (this) {
      gives = given;
    }
    if (!gives.isEmpty()) {
      voices.gives(source.meeting().id(), source.key(), gives);
    }
    timers.after(LOOK, this::look);
  }

  private synchronized void set(
      SpeechInterpreter.Session of, Set<String> wanted, Set<String> gives) {
    if (session == of) {
      asked = wanted;
      given = gives;
    }
  }

  private Set<String> wanted() {
    Set<String> listened = voices.wanted(source.meeting().id());
    if (listened.isEmpty()) {
      return Set.of();
    }
    return source.into().stream()
        .filter(one -> listened.stream().anyMatch(other -> Language.same(one, other)))
        .filter(one -> engine.speaks(source.language(), one))
        .filter(one -> !interpreters.interpreted(source.meeting().id(), one))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Passes on what the session gave, where it is still asked for it. */
  void pass(int number, Speech.Voice voice) {
    synchronized (this) {
      if (session == null || !given.contains(voice.language())) {
        return;
      }
    }
    String key = voice.key();
    voices.voice(
        new VoiceOut.Voiced(
            source.meeting().id(),
            voice.language(),
            key == null ? source.key() : source.key() + "/" + number + "/" + key,
            engine.name(),
            engine.title(),
            voice.audio()));
  }
}
