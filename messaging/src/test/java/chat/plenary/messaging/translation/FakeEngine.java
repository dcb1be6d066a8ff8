package chat.plenary.messaging.translation;

import chat.plenary.messaging.interpretation.TextTranslator;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** An engine that does what a test says. It puts the wanted language before what it was given. */
final class FakeEngine implements TextTranslator {
  final List<String> asked = new CopyOnWriteArrayList<>();
  private final String name;
  private final boolean outside;
  private final Set<String> into;
  volatile int perSecond;
  volatile BiFunction<String, String, Future<String>> answers =
      (text, to) -> Future.succeededFuture(to + ": " + text);

  FakeEngine(String name, boolean outside, String... into) {
    this.name = name;
    this.outside = outside;
    this.into = Set.of(into);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return "Engine " + name;
  }

  @Override
  public boolean outside() {
    return outside;
  }

  @Override
  public int perSecond() {
    return perSecond;
  }

  @Override
  public boolean translates(String from, String to) {
    return into.contains(to);
  }

  @Override
  public Future<String> translate(String text, String from, String to) {
    asked.add(from + ">" + to + " " + text);
    return answers.apply(text, to);
  }
}
