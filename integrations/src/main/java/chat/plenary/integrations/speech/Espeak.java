package chat.plenary.integrations.speech;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.interpretation.TextSpeaker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * eSpeak NG on this machine, one process a sentence: the text goes to its standard input and is
 * never part of a command. Two speak at once, 64 wait.
 */
public final class Espeak implements TextSpeaker {
  private static final Logger LOGGER = LoggerFactory.getLogger(Espeak.class);
  private static final int AT_ONCE = 2;
  private static final int MOST_WAITING = 64;
  private static final long PATIENCE_MILLIS = 8_000;

  /** 60 s of what it writes, and a head. */
  private static final int MOST_WRITTEN = 60 * 2 * 22_050 + 1_024;

  /** Languages that it knows by another name. */
  private static final Map<String, String> NAMES = Map.of("zh", "cmn", "no", "nb", "fil", "tl");

  private final Vertx vertx;
  private final Options options;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          task -> {
            Thread thread = new Thread(task, "espeak-ng");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * How it is run.
   *
   * @param program the program, such as {@code espeak-ng}
   * @param languages the tags of the languages that it is to speak
   * @param speed words a minute, 80 to 450
   */
  public record Options(String program, Set<String> languages, int speed) {
    public Options {
      languages = languages.stream().map(Language::base).collect(Collectors.toUnmodifiableSet());
    }

    List<String> command(String voice) {
      return List.of(
          program, "--stdin", "--stdout", "-b", "1", "-v", voice, "-s", Integer.toString(speed));
    }
  }

  public Espeak(Vertx vertx, Options options) {
    this.vertx = vertx;
    this.options = options;
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public String name() {
    return "espeak-ng";
  }

  @Override
  public String title() {
    return "eSpeak NG";
  }

  @Override
  public boolean outside() {
    return false;
  }

  @Override
  public boolean speaks(String language) {
    return options.languages().contains(Language.base(language));
  }

  @Override
  public Future<Buffer> speak(String text, String language) {
    if (!speaks(language) || text.isBlank() || text.length() > MOST_TEXT) {
      return Future.failedFuture(
          Fault.of(
              Fault.Code.INVALID, title() + " speaks 1 to 1,000 characters of its languages."));
    }
    String base = Language.base(language);
    Promise<Buffer> spoken = Promise.promise();
    try {
      threads.execute(() -> run(clean(text), NAMES.getOrDefault(base, base), spoken));
    } catch (RejectedExecutionException e) {
      spoken.fail(Fault.tooMany(title() + " has too much to say already.", 5));
    }
    return spoken.future();
  }

  /** One line, in which two brackets do not mean phonemes. */
  private static String clean(String text) {
    return text.replaceAll("\\p{Cntrl}", " ").replace("[[", "[ [") + "\n";
  }

  private void run(String text, String voice, Promise<Buffer> spoken) {
    try {
      Process process =
          new ProcessBuilder(options.command(voice))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      running.add(process);
      long timer = vertx.setTimer(PATIENCE_MILLIS, id -> process.destroyForcibly());
      try {
        // So little that it fits into the pipe: writing waits for nobody.
        try (OutputStream input = process.getOutputStream()) {
          input.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Wav wav = Wav.read(process.getInputStream().readNBytes(MOST_WRITTEN));
        Buffer audio = wav == null ? Buffer.buffer() : wav.speech();
        if (audio.length() == 0) {
          throw new IOException("it wrote no audio; is there a voice '" + voice + "'?");
        }
        spoken.complete(audio.getBuffer(0, Math.min(audio.length(), MOST_AUDIO)));
      } finally {
        vertx.cancelTimer(timer);
        process.destroyForcibly();
        running.remove(process);
      }
    } catch (IOException e) {
      LOGGER.warn("{} does not speak: {}", title(), e.getMessage());
      spoken.fail(Fault.of(Fault.Code.UNAVAILABLE, title() + " does not speak here."));
    }
  }

  @Override
  public Future<Void> close() {
    threads.shutdownNow();
    running.forEach(Process::destroyForcibly);
    return Future.succeededFuture();
  }
}
