package chat.plenary.integrations.translation;

import chat.plenary.messaging.fault.Fault;
import io.vertx.core.Promise;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A long-lived pipeline of Apertium and the thread that gives it one text after the other. A text
 * that takes too long ends the pipeline's programs; the next one starts them anew.
 */
final class Pipeline implements Runnable {
  static final Duration PATIENCE = Duration.ofSeconds(4);

  /** A start takes up to a second on a busy machine. */
  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(8);

  private static final Logger LOGGER = LoggerFactory.getLogger(Pipeline.class);
  private static final Path NICE = Path.of("/usr/bin/nice");
  private static final int MAX_ANSWER = 256 * 1024;

  private final String name;
  private final Mode mode;
  private final BlockingQueue<Job> jobs;
  private final ScheduledExecutorService watch;
  private volatile @Nullable Process process;
  private volatile boolean closed;

  /** What the programs write; used on the thread only. */
  private InputStream input = InputStream.nullInputStream();

  /** A text that waits, and who waits for it. */
  record Job(String text, Promise<String> answer) {}

  Pipeline(String name, Mode mode, BlockingQueue<Job> jobs, ScheduledExecutorService watch) {
    this.name = name;
    this.mode = mode;
    this.jobs = jobs;
    this.watch = watch;
  }

  void start() {
    Thread thread = new Thread(this, "plenary-apertium-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        Job job = jobs.poll(1, TimeUnit.SECONDS);
        if (job != null) {
          translate(job);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private void translate(Job job) {
    boolean fresh = process == null;
    ScheduledFuture<?> late =
        watch.schedule(
            this::end, (fresh ? FIRST_PATIENCE : PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
    try {
      Process running = running();
      OutputStream to = running.getOutputStream();
      to.write(Mode.escaped(job.text()));
      to.flush();
      String answer = Mode.unescaped(answer(), job.text());
      // A program that died leaves an empty answer and no other sign.
      if (answer.isBlank()) {
        throw new IOException("an empty answer");
      }
      late.cancel(false);
      job.answer().tryComplete(answer);
    } catch (IOException e) {
      late.cancel(false);
      end();
      if (!closed) {
        LOGGER.warn("the pipeline {} of Apertium is started anew: {}", name, e.getMessage());
      }
      job.answer()
          .tryFail(Fault.of(Fault.Code.UNAVAILABLE, "The pipeline did not translate in time."));
    }
  }

  private Process running() throws IOException {
    Process known = process;
    if (known != null && known.isAlive()) {
      return known;
    }
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(NICE)) {
      // Accepting messages goes before translating them where processors are few.
      command.addAll(List.of(NICE.toString(), "-n", "10"));
    }
    command.addAll(List.of("/bin/sh", "-c", mode.command()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process started = builder.start();
    process = started;
    input = new BufferedInputStream(started.getInputStream());
    return started;
  }

  private String answer() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int next = input.read();
    while (next > 0) {
      if (bytes.size() >= MAX_ANSWER) {
        throw new IOException("an answer without an end");
      }
      bytes.write(next);
      next = input.read();
    }
    if (next < 0) {
      throw new IOException("the pipeline ended");
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Ends the programs, each of them: the shell alone would leave them behind. */
  private void end() {
    Process running = process;
    process = null;
    if (running != null) {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly();
    }
  }

  void close() {
    closed = true;
    end();
  }
}
