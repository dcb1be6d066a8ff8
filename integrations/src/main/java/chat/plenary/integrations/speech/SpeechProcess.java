package chat.plenary.integrations.speech;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.Speech;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of pocketsphinx: audio goes to its standard input, what it heard comes from its
 * standard output. It has two threads of its own, one that writes and one that reads; nothing else
 * waits for it.
 */
final class SpeechProcess implements SpeechInterpreter.Session {
  private static final Logger LOGGER = LoggerFactory.getLogger(SpeechProcess.class);

  /** How long it may go on hearing after the last audio. */
  private static final long LAST_WORDS_MILLIS = 12_000;

  private final Vertx vertx;
  private final String title;
  private final Consumer<Speech> heard;
  private final Consumer<SpeechProcess> gone;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "pocketsphinx");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicBoolean ending = new AtomicBoolean();
  private volatile @Nullable Process process;
  private volatile @Nullable OutputStream input;

  SpeechProcess(Vertx vertx, String title, Consumer<Speech> heard, Consumer<SpeechProcess> gone) {
    this.vertx = vertx;
    this.title = title;
    this.heard = heard;
    this.gone = gone;
  }

  Future<Void> start(List<String> command) {
    Promise<Void> started = Promise.promise();
    threads.execute(
        () -> {
          try {
            Process running =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            process = running;
            input = running.getOutputStream();
            started.complete();
            read(running);
          } catch (IOException e) {
            LOGGER.warn("{} does not start: {}", title, e.getMessage());
            threads.shutdown();
            gone.accept(this);
            started.fail(Fault.of(Fault.Code.UNAVAILABLE, title + " is not installed here."));
          }
        });
    return started.future();
  }

  /** To its end, on a thread of its own. */
  private void read(Process running) {
    SphinxLines lines = new SphinxLines(heard);
    try (BufferedReader output = running.inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = output.readLine()) != null) {
        lines.take(line);
      }
    } catch (IOException e) {
      LOGGER.debug("{} broke off: {}", title, e.getMessage());
    }
    lines.end();
    running.destroyForcibly();
    threads.shutdown();
    gone.accept(this);
    heard.accept(
        ending.get()
            ? new Speech.Ended(null, false)
            : new Speech.Ended(title + " broke off.", true));
  }

  @Override
  public Future<Void> audio(Buffer audio) {
    Promise<Void> written = Promise.promise();
    onThread(
        to -> {
          to.write(audio.getBytes());
          to.flush();
          written.complete();
        },
        written);
    return written.future();
  }

  @Override
  public void end() {
    if (ending.compareAndSet(false, true)) {
      onThread(OutputStream::close, Promise.promise());
      vertx.setTimer(LAST_WORDS_MILLIS, id -> kill());
    }
  }

  /** Ends it at once. */
  void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
    }
  }

  private interface Writing {
    void to(OutputStream input) throws IOException;
  }

  private void onThread(Writing writing, Promise<Void> done) {
    OutputStream to = input;
    try {
      threads.execute(
          () -> {
            try {
              if (to == null) {
                throw new IOException("not started");
              }
              writing.to(to);
            } catch (IOException e) {
              done.tryFail(Fault.of(Fault.Code.UNAVAILABLE, title + " takes no more audio."));
            }
          });
    } catch (RejectedExecutionException e) {
      done.tryFail(Fault.of(Fault.Code.UNAVAILABLE, title + " takes no more audio."));
    }
  }
}
