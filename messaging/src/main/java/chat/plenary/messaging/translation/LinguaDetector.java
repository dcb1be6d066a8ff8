package chat.plenary.messaging.translation;

import chat.plenary.messaging.interpretation.Language;
import com.github.pemistahl.lingua.api.IsoCode639_1;
import com.github.pemistahl.lingua.api.LanguageDetector;
import com.github.pemistahl.lingua.api.LanguageDetectorBuilder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lingua, on one thread of its own. It reads the models of a language when a text may first be in
 * it, and keeps them; see {@code docs/translation.md} for what they take. Where more than 1,000
 * texts wait, further ones are told to be of no known language.
 */
public final class LinguaDetector implements Detector {
  private static final Logger LOGGER = LoggerFactory.getLogger(LinguaDetector.class);
  private static final int MAX_WAITING = 1_000;
  private static final int MAX_TEXT = 400;
  private static final int MAX_DETECTORS = 64;

  private final boolean small;
  private final ThreadPoolExecutor worker;

  /** By the languages that a text may be in; used on the worker only. */
  private final Map<Set<IsoCode639_1>, LanguageDetector> detectors =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Set<IsoCode639_1>, LanguageDetector> eldest) {
          return size() > MAX_DETECTORS;
        }
      };

  /**
   * A detector that has read nothing yet.
   *
   * @param small reads smaller models, which are a little more often wrong of short texts
   */
  public LinguaDetector(boolean small) {
    this.small = small;
    this.worker =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            task -> {
              Thread thread = new Thread(task, "plenary-language");
              thread.setDaemon(true);
              return thread;
            });
    worker.allowCoreThreadTimeOut(true);
  }

  @Override
  public Future<@Nullable String> detect(String text, Set<String> among) {
    Promise<@Nullable String> answer = Promise.promise();
    Context caller = Vertx.currentContext();
    try {
      worker.execute(
          () -> {
            String found = found(text, among);
            if (caller == null) {
              answer.complete(found);
            } else {
              caller.runOnContext(v -> answer.complete(found));
            }
          });
    } catch (RejectedExecutionException e) {
      answer.complete(null);
    }
    return answer.future();
  }

  private @Nullable String found(String text, Set<String> among) {
    try {
      Map<IsoCode639_1, String> known = new LinkedHashMap<>();
      for (String tag : new TreeSet<>(among)) {
        IsoCode639_1 code = code(tag);
        if (code != null) {
          known.putIfAbsent(code, tag);
        }
      }
      if (known.size() < 2) {
        return known.size() == among.size() ? known.values().iterator().next() : null;
      }
      LanguageDetector detector =
          detectors.computeIfAbsent(Set.copyOf(known.keySet()), this::detector);
      return known.get(
          detector
              .detectLanguageOf(text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text)
              .getIsoCode639_1());
    } catch (RuntimeException | LinkageError e) {
      LOGGER.warn("the language of a text could not be looked for: {}", e.getClass().getName());
      return null;
    }
  }

  private LanguageDetector detector(Set<IsoCode639_1> codes) {
    LanguageDetectorBuilder builder =
        LanguageDetectorBuilder.fromIsoCodes639_1(codes.toArray(IsoCode639_1[]::new));
    return small ? builder.withLowAccuracyMode().build() : builder.build();
  }

  private static @Nullable IsoCode639_1 code(String tag) {
    String base = Language.base(tag).toUpperCase(Locale.ROOT);
    for (IsoCode639_1 code : IsoCode639_1.values()) {
      if (code.name().equals(base)) {
        return code;
      }
    }
    return null;
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
