package chat.plenary.integrations.translation;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.interpretation.TextTranslator;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Apertium on this machine: English and Spanish, French and Spanish, and English and French by way
 * of Spanish. Its translations are drafts: right for set phrases, often wrong in the sense of a
 * word.
 */
final class Apertium implements TextTranslator {
  private static final int MAX_WAITING = 2_000;
  private static final String PIVOT = "es";

  /** Modes by pair; those that are not installed are left out. */
  private static final Map<String, String> MODES =
      Map.of("en>es", "eng-spa", "es>en", "spa-eng", "fr>es", "fr-es", "es>fr", "es-fr");

  private final Vertx vertx;
  private final EngineSettings settings;
  private final Map<String, Pair> pairs;
  private final ScheduledExecutorService watch;

  /** The pipelines of one pair, which start when they are first needed. */
  private static final class Pair {
    final BlockingQueue<Pipeline.Job> jobs = new ArrayBlockingQueue<>(MAX_WAITING);
    final List<Pipeline> pipelines = new ArrayList<>();
    final String name;
    final Mode mode;
    boolean started;

    Pair(String name, Mode mode) {
      this.name = name;
      this.mode = mode;
    }
  }

  private Apertium(
      Vertx vertx,
      EngineSettings settings,
      Map<String, Pair> pairs,
      ScheduledExecutorService watch) {
    this.vertx = vertx;
    this.settings = settings;
    this.pairs = pairs;
    this.watch = watch;
  }

  /** Whether any pair is installed. */
  static boolean isInstalled(Path modes) {
    return MODES.values().stream().anyMatch(name -> Files.exists(modes.resolve(name + ".mode")));
  }

  /** Reads the installed modes; not on an event loop. */
  static Apertium open(Vertx vertx, EngineSettings settings) throws IOException {
    Map<String, Pair> pairs = new LinkedHashMap<>();
    for (Map.Entry<String, String> mode : MODES.entrySet()) {
      if (Files.exists(settings.modes().resolve(mode.getValue() + ".mode"))) {
        String name = mode.getValue();
        pairs.put(mode.getKey(), new Pair(name, Mode.read(settings.modes(), name)));
      }
    }
    if (pairs.isEmpty()) {
      throw new IOException(
          "no pair of Apertium is installed in "
              + settings.modes()
              + ": install apertium-eng-spa and apertium-fr-es");
    }
    ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "plenary-apertium-watch");
              thread.setDaemon(true);
              return thread;
            });
    return new Apertium(vertx, settings, pairs, watch);
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public String title() {
    return settings.title();
  }

  @Override
  public boolean outside() {
    return settings.outside();
  }

  @Override
  public boolean translates(String from, String to) {
    return !way(from, to).isEmpty();
  }

  /** The pairs to go through, one or two; none where there is no way. */
  private List<Pair> way(String from, String to) {
    String source = Language.base(from);
    String target = Language.base(to);
    Pair straight = pairs.get(source + ">" + target);
    if (straight != null) {
      return List.of(straight);
    }
    Pair first = pairs.get(source + ">" + PIVOT);
    Pair second = pairs.get(PIVOT + ">" + target);
    return first == null || second == null ? List.of() : List.of(first, second);
  }

  @Override
  public Future<String> translate(String text, String from, String to) {
    Future<String> said = Future.succeededFuture(text);
    List<Pair> way = way(from, to);
    if (way.isEmpty()) {
      return Future.failedFuture(Fault.invalid("to", "There is no such pair."));
    }
    for (Pair pair : way) {
      said = said.compose(so -> through(pair, so));
    }
    return said;
  }

  private Future<String> through(Pair pair, String text) {
    start(pair);
    Context here = vertx.getOrCreateContext();
    Promise<String> made = Promise.promise();
    if (!pair.jobs.offer(new Pipeline.Job(text, made))) {
      return Future.failedFuture(
          Fault.of(Fault.Code.UNAVAILABLE, "Too many texts wait for the pipeline."));
    }
    Promise<String> answer = Promise.promise();
    made.future().onComplete(done -> here.runOnContext(v -> answer.handle(done)));
    return answer.future();
  }

  private synchronized void start(Pair pair) {
    if (!pair.started) {
      pair.started = true;
      for (int i = 0; i < settings.pipelines(); i++) {
        Pipeline pipeline = new Pipeline(pair.name + "-" + i, pair.mode, pair.jobs, watch);
        pair.pipelines.add(pipeline);
        pipeline.start();
      }
    }
  }

  @Override
  public synchronized Future<Void> close() {
    pairs.values().forEach(pair -> pair.pipelines.forEach(Pipeline::close));
    watch.shutdown();
    return Future.succeededFuture();
  }
}
