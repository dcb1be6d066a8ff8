package chat.plenary.integrations.speech;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.interpretation.Speech;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An engine that knows pairs of languages and translates each speech into one, the first that is
 * wanted. It always translates: where nothing is wanted, what it says is not passed on.
 */
abstract class PairInterpreter implements SpeechInterpreter {
  private final String title;
  private final boolean outside;
  private final Map<String, Set<String>> pairs;

  /**
   * An engine.
   *
   * @param pairs the languages that it hears, and those that it translates each into; all without
   *     regions
   */
  PairInterpreter(String title, boolean outside, Map<String, Set<String>> pairs) {
    this.title = title;
    this.outside = outside;
    this.pairs = pairs;
  }

  /**
   * Begins to listen.
   *
   * @param source what is spoken, without region
   * @param target what it is translated into, without region
   * @param wanted the target as it was asked for; null where nothing was
   */
  abstract Future<Session> open(
      String source, String target, @Nullable String wanted, Consumer<Speech> heard);

  @Override
  public final String title() {
    return title;
  }

  @Override
  public final boolean outside() {
    return outside;
  }

  @Override
  public final boolean hears(String language) {
    return pairs.containsKey(Language.base(language));
  }

  @Override
  public final boolean interprets(String from, String to) {
    return targets(from).contains(Language.base(to));
  }

  private Set<String> targets(String from) {
    return pairs.getOrDefault(Language.base(from), Set.of());
  }

  @Override
  public final Future<Session> open(String language, List<String> into, Consumer<Speech> heard) {
    Set<String> targets = targets(language);
    if (targets.isEmpty()) {
      return Future.failedFuture(
          Fault.invalid("language", title + " does not understand '" + language + "'."));
    }
    String wanted = into.isEmpty() ? null : into.get(0);
    String target = wanted == null ? targets.iterator().next() : Language.base(wanted);
    return open(Language.base(language), target, wanted, heard);
  }
}
