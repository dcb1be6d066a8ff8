package chat.plenary.messaging.caption;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.Speech;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import chat.plenary.messaging.log.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One speech on its way to an engine. What the engine hears becomes captions. A session of the
 * engine that breaks off is followed by another, once, and again after that one has heard
 * something; the sentence that was cut is finished as far as it was heard.
 */
public final class SpeechFeed {
  private static final Duration STALLED = Duration.ofSeconds(10);
  private static final Duration LAST_WORDS = Duration.ofSeconds(15);
  private static final int UNFINISHED = 64;
  private static final Duration SHORTEST_SENTENCE = Duration.ofMillis(1);

  private final Captions captions;
  private final SpeechInterpreter engine;
  private final Aloud aloud;
  private final Timers timers;
  private final Source source;
  private final Consumer<Speeches.Told> told;
  private final Runnable left;

  private final WaitingAudio waiting = new WaitingAudio();
  private final Map<String, Sentence> unfinished = new LinkedHashMap<>();
  private SpeechInterpreter.@Nullable Session session;
  private int number;
  private boolean writing;
  private boolean mayReopen = true;
  private boolean opened;
  private boolean ending;
  private boolean saidEnd;
  private boolean over;
  private int giving;
  private volatile Instant zero;

  /**
   * Where the speech comes from.
   *
   * @param into languages that the engine is to translate into
   * @param key what the keys of its sentences begin with, unique in the meeting
   */
  record Source(
      CaptionedMeeting meeting,
      Speaker speaker,
      String language,
      List<String> into,
      Sentence.By by,
      String key) {}

  SpeechFeed(
      Captions captions,
      SpeechInterpreter engine,
      VoiceOut voices,
      Timers timers,
      Source source,
      Consumer<Speeches.Told> told,
      Runnable left) {
    this.captions = captions;
    this.engine = engine;
    this.aloud = new Aloud(captions.interpreters(), engine, voices, timers, source);
    this.timers = timers;
    this.source = source;
    this.told = told;
    this.left = left;
    this.zero = timers.clock().instant();
  }

  /** Opens the engine's session; fails where the engine is away. */
  Future<Void> open() {
    int mine;
    synchronized (this) {
      mine = ++number;
      zero = timers.clock().instant();
    }
    return engine
        .open(source.language(), source.into(), speech -> heard(mine, speech))
        .compose(
            first -> {
              synchronized (this) {
                if (over || mine != number) {
                  first.end();
                  return Future.failedFuture(
                      Fault.of(Fault.Code.UNAVAILABLE, "The engine broke off at once."));
                }
                session = first;
                opened = true;
              }
              aloud.begin(first);
              pump();
              return Future.succeededFuture();
            });
  }

  /**
   * Gives the next piece of audio.
   *
   * @param audio 20 to 500 ms, 16-bit samples; at most 3 s ahead of real time
   * @return succeeds when there is room for more; fails naming what is wrong with it
   */
  public synchronized Future<Void> audio(Buffer audio) {
    if (ending || over) {
      return Future.failedFuture(Fault.of(Fault.Code.CONFLICT, "The speech is over."));
    }
    boolean first = !waiting.begun();
    Fault wrong = waiting.add(audio, timers.elapsed());
    if (wrong != null) {
      return Future.failedFuture(wrong);
    }
    if (first) {
      zero = timers.clock().instant();
    }
    pump();
    return waiting.room();
  }

  /** Says that nothing more comes; what was said is still heard. */
  public void end() {
    synchronized (this) {
      if (ending || over) {
        return;
      }
      ending = true;
    }
    pump();
    timers.after(LAST_WORDS, this::finish);
  }

  /** Gives the engine what waits, a piece at a time. */
  private void pump() {
    SpeechInterpreter.Session to;
    Buffer next;
    int mine;
    @Nullable Promise<Void> roomy;
    boolean last;
    synchronized (this) {
      to = session;
      if (to == null || writing || over) {
        return;
      }
      mine = number;
      next = waiting.poll();
      writing = next != null;
      roomy = waiting.roomy();
      last = next == null && ending && !saidEnd;
      saidEnd |= last;
    }
    if (roomy != null) {
      roomy.complete();
    }
    if (next != null) {
      to.audio(next)
          .timeout(STALLED.toMillis(), TimeUnit.MILLISECONDS)
          .onComplete(done -> wrote(mine, done.succeeded()));
    } else if (last) {
      to.end();
    }
  }

  private void wrote(int mine, boolean well) {
    synchronized (this) {
      if (mine != number) {
        return;
      }
      writing = false;
    }
    if (well) {
      pump();
    } else {
      broken(mine, "The engine takes no more audio.", true);
    }
  }

  // ---- what is heard, on any thread

  private void heard(int mine, Speech speech) {
    if (speech instanceof Speech.Sentence sentence) {
      Sentence caption = caption(mine, sentence);
      synchronized (this) {
        if (mine != number || over) {
          return;
        }
        if (caption.complete()) {
          unfinished.remove(caption.key());
          mayReopen = true;
        } else {
          unfinished.put(caption.key(), caption);
          if (unfinished.size() > UNFINISHED) {
            unfinished.remove(unfinished.keySet().iterator().next());
          }
        }
      }
      give(caption);
    } else if (speech instanceof Speech.Voice voice) {
      aloud.pass(mine, voice);
    } else if (speech instanceof Speech.Ended ended) {
      String problem = ended.problem();
      boolean asked;
      synchronized (this) {
        asked = ending;
      }
      if (asked || mine != number) {
        finish(mine, problem);
      } else {
        broken(
            mine,
            problem == null ? "The engine ended the speech." : problem,
            problem == null || ended.again());
      }
    }
  }

  private Sentence caption(int mine, Speech.Sentence heard) {
    Instant from = zero.plusMillis(heard.fromMs());
    Instant to = zero.plusMillis(heard.toMs());
    List<Translation> translations = new ArrayList<>();
    heard
        .translations()
        .forEach(
            (language, text) ->
                translations.add(Translation.by(engine.name(), engine.title(), language, text)));
    return new Sentence(
        source.key() + "/" + mine + "/" + heard.key(),
        source.speaker(),
        source.language(),
        heard.text(),
        from,
        to.isAfter(from) ? to : from.plus(SHORTEST_SENTENCE),
        translations,
        source.by(),
        heard.complete(),
        false);
  }

  private void give(Sentence caption) {
    synchronized (this) {
      giving++;
    }
    captions
        .take(source.meeting(), caption)
        .onComplete(done -> gave())
        .onFailure(
            failure ->
                tell(
                    new Speeches.Told.Trouble(
                        Fault.of(
                            Fault.Code.UNAVAILABLE,
                            "A sentence was not kept: " + words(failure)))));
  }

  /** Only when all stands in the log it is over. */
  private void gave() {
    boolean last;
    synchronized (this) {
      last = --giving == 0 && over;
    }
    if (last) {
      tell(new Speeches.Told.Over());
    }
  }

  /** A session is over without having been asked: another one goes on, or the speech is over. */
  private void broken(int mine, String problem, boolean again) {
    List<Sentence> cut;
    boolean reopens;
    synchronized (this) {
      if (over || mine != number) {
        return;
      }
      if (!opened) {
        // Whoever waits for the opening is told.
        over = true;
        return;
      }
      cut = List.copyOf(unfinished.values());
      unfinished.clear();
      session = null;
      aloud.broken();
      writing = false;
      saidEnd = false;
      reopens = again && mayReopen;
      mayReopen = false;
    }
    cut.forEach(one -> give(one.cutOff()));
    if (reopens) {
      open().onFailure(failure -> stop(mine + 1, words(failure)));
    } else {
      stop(mine, problem);
    }
  }

  private void stop(int mine, String problem) {
    synchronized (this) {
      if (over || mine != number) {
        return;
      }
    }
    captions.trouble(source.meeting(), source.speaker(), source.language(), problem);
    tell(new Speeches.Told.Trouble(Fault.of(Fault.Code.UNAVAILABLE, problem)));
    finish();
  }

  private void finish(int mine, @Nullable String problem) {
    synchronized (this) {
      if (over || mine != number) {
        return;
      }
    }
    if (problem != null) {
      tell(new Speeches.Told.Trouble(Fault.of(Fault.Code.UNAVAILABLE, problem)));
    }
    finish();
  }

  /** Nothing more comes of it; what was not finished is, as far as it was heard. */
  private void finish() {
    List<Sentence> cut;
    @Nullable Promise<Void> waits;
    SpeechInterpreter.Session last;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      giving++;
      cut = List.copyOf(unfinished.values());
      unfinished.clear();
      waits = waiting.clear();
      last = session;
      session = null;
      aloud.over();
    }
    cut.forEach(one -> give(one.cutOff()));
    if (last != null) {
      last.end();
    }
    if (waits != null) {
      waits.fail(Fault.of(Fault.Code.UNAVAILABLE, "The speech is over."));
    }
    left.run();
    gave();
  }

  private synchronized void tell(Speeches.Told what) {
    told.accept(what);
  }

  /** A failure in words for people. */
  static String words(Throwable failure) {
    return failure instanceof Fault fault
        ? String.valueOf(fault.getMessage())
        : "The engine for speech is not available now.";
  }
}
