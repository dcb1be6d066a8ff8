package chat.plenary.integrations.speech;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.Speech;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One speech at TSI. Sentences have an id and a version that grows; an older version than the
 * newest known is passed over.
 */
final class TsiSession implements SpeechInterpreter.Session {
  /** After the end it is asked for what is still to come, so often, half a second apart. */
  private static final int QUESTIONS = 10;

  private static final long PAUSE_MILLIS = 500;
  private static final int MOST = 10_000;

  private final Vertx vertx;
  private final Clock clock;
  private final BiFunction<String, JsonObject, Future<JsonObject>> call;
  private final String source;
  private final String target;
  private final @Nullable String into;
  private final @Nullable Integer voice;
  private final Consumer<Speech> heard;
  private final Pieces pieces;
  private final String uuid = UUID.randomUUID().toString();
  private final Map<String, Long> versions = new HashMap<>();
  private final Set<String> unfinished = new HashSet<>();
  private final Set<String> spoken = new HashSet<>();
  private volatile boolean aloud;
  private long seq;
  private boolean over;

  TsiSession(
      Vertx vertx,
      Clock clock,
      BiFunction<String, JsonObject, Future<JsonObject>> call,
      String source,
      String target,
      @Nullable String into,
      @Nullable Integer voice,
      Consumer<Speech> heard) {
    this.vertx = vertx;
    this.clock = clock;
    this.call = call;
    this.source = source;
    this.target = target;
    this.into = into;
    this.voice = voice;
    this.heard = heard;
    this.pieces = new Pieces(vertx, piece -> upload(piece, false));
  }

  @Override
  public Future<Void> audio(Buffer audio) {
    return pieces.add(audio);
  }

  /** It is asked for voice with each piece, or not. */
  @Override
  public Set<String> aloud(Set<String> languages) {
    String to = into;
    aloud = to != null && voice != null && languages.contains(to);
    return aloud && to != null ? Set.of(to) : Set.of();
  }

  private Future<Void> upload(Buffer piece, boolean last) {
    JsonObject question =
        new JsonObject()
            .put("SessionUuid", uuid)
            .put("Source", source)
            .put("Target", target)
            .put("AudioFormat", 1)
            .put("Seq", seq++)
            .put("Utc", clock.millis())
            .put("IsEnd", last ? 1 : 0)
            .put("TranslateTime", 2)
            .put("Data", Base64.getEncoder().encodeToString(piece.getBytes()));
    if (aloud) {
      question.put(
          "TTS",
          new JsonObject()
              .put("Codec", "wav")
              .put("VoiceType", voice)
              .put("SampleRate", SpeechInterpreter.RATE));
    }
    return call.apply("TongChuanSync", question)
        .<Void>map(
            answer -> {
              take(answer);
              return null;
            })
        .onFailure(this::failed);
  }

  private synchronized void take(JsonObject answer) {
    if (over || !(answer.getValue("List") instanceof JsonArray list)) {
      return;
    }
    for (Object one : list) {
      if (one instanceof JsonObject sentence && sentence.getValue("SeId") != null) {
        take(String.valueOf(sentence.getValue("SeId")), sentence);
      }
    }
  }

  private void take(String id, JsonObject sentence) {
    long version = sentence.getValue("SeVer") instanceof Number number ? number.longValue() : 0;
    boolean known = versions.containsKey(id);
    if (id.length() > 64
        || (known && versions.getOrDefault(id, 0L) >= version)
        || (!known && versions.size() >= MOST)) {
      return;
    }
    versions.put(id, version);
    Object end = sentence.getValue("IsEnd");
    boolean complete =
        Boolean.TRUE.equals(end) || (end instanceof Number number && number.intValue() == 1);
    if (complete) {
      unfinished.remove(id);
    } else {
      unfinished.add(id);
    }
    String translated = text(sentence, "TargetText");
    String to = into;
    heard.accept(
        new Speech.Sentence(
            id,
            text(sentence, "SourceText"),
            to == null || translated.isEmpty() ? Map.of() : Map.of(to, translated),
            number(sentence, "StartTime"),
            number(sentence, "EndTime"),
            complete));
    if (complete && aloud && to != null) {
      speak(id, to, text(sentence, "Audio"));
    }
  }

  /** The voice of a finished sentence, once: it is not said in which of its versions it comes. */
  private void speak(String id, String language, String audio) {
    if (audio.isEmpty() || spoken.contains(id)) {
      return;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(audio);
      Wav wav = Wav.read(bytes);
      if (wav != null || !Wav.isWav(bytes)) {
        spoken.add(id);
        Buffer samples = wav == null ? Buffer.buffer(bytes) : wav.speech();
        Speech.Voice.pieces(language, id, samples).forEach(heard);
      }
    } catch (IllegalArgumentException e) {
      // What is no base64 is no voice; the caption stands.
    }
  }

  private static String text(JsonObject json, String name) {
    return json.getValue(name) instanceof String text ? text : "";
  }

  private static long number(JsonObject json, String name) {
    return json.getValue(name) instanceof Number number ? number.longValue() : 0;
  }

  private void failed(Throwable failure) {
    boolean again = failure instanceof Fault fault && fault.code() == Fault.Code.UNAVAILABLE;
    ended(
        failure instanceof Fault ? String.valueOf(failure.getMessage()) : "The speech broke off.",
        again);
  }

  private synchronized void ended(@Nullable String problem, boolean again) {
    if (!over) {
      over = true;
      heard.accept(new Speech.Ended(problem, again));
    }
  }

  @Override
  public void end() {
    synchronized (this) {
      if (over) {
        return;
      }
    }
    upload(pieces.rest(), true).onSuccess(v -> ask(QUESTIONS));
  }

  /** What was said last comes after the end. */
  private void ask(int questions) {
    synchronized (this) {
      if (over) {
        return;
      }
      if (unfinished.isEmpty() || questions == 0) {
        ended(null, false);
        return;
      }
    }
    JsonObject question = new JsonObject().put("SessionUuid", uuid).put("IsNew", 1).put("SeMax", 5);
    vertx.setTimer(
        PAUSE_MILLIS,
        id ->
            call.apply("TongChuanDisplay", question)
                .onSuccess(
                    answer -> {
                      take(answer);
                      ask(questions - 1);
                    })
                .onFailure(this::failed));
  }
}
