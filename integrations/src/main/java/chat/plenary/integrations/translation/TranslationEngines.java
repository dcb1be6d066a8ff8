package chat.plenary.integrations.translation;

import chat.plenary.messaging.interpretation.TextTranslator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultCamelContextNameStrategy;

/** Opens the engines of a configuration. */
public final class TranslationEngines {
  private final CamelContext camel;
  private final List<TextTranslator> all;

  private TranslationEngines(CamelContext camel, List<TextTranslator> all) {
    this.camel = camel;
    this.all = all;
  }

  /** The same with a context of their own. */
  public static Future<TranslationEngines> open(
      Vertx vertx, Clock clock, List<EngineSettings> settings) {
    return vertx
        .executeBlocking(
            () -> {
              DefaultCamelContext camel = new DefaultCamelContext();
              camel.setNameStrategy(new DefaultCamelContextNameStrategy("plenary-engines"));
              camel.start();
              return camel;
            })
        .compose(
            camel ->
                open(vertx, camel, clock, settings)
                    .map(engines -> new TranslationEngines(camel, engines))
                    .onFailure(failure -> camel.stop()));
  }

  /** The engines, in the order of their settings. Whoever uses them closes them. */
  public List<TextTranslator> all() {
    return all;
  }

  /** Stops the context. */
  public Future<Void> close(Vertx vertx) {
    return vertx.executeBlocking(
        () -> {
          camel.stop();
          return null;
        });
  }

  /**
   * Opens engines, off the event loop. No engine is asked anything; Apertium's pipelines start when
   * they are first needed.
   *
   * @param camel the context that gets their routes
   * @return the engines in the order of their settings; fails where a setting is wrong
   */
  public static Future<List<TextTranslator>> open(
      Vertx vertx, CamelContext camel, Clock clock, List<EngineSettings> all) {
    return vertx.executeBlocking(
        () -> {
          List<TextTranslator> engines = new ArrayList<>();
          for (EngineSettings one : all) {
            engines.add(open(vertx, camel, clock, one));
          }
          return List.copyOf(engines);
        });
  }

  private static TextTranslator open(
      Vertx vertx, CamelContext camel, Clock clock, EngineSettings one) throws Exception {
    if (one.kind() == EngineSettings.Kind.APERTIUM) {
      return Apertium.open(vertx, one);
    }
    Line line = Line.open(vertx, camel, one.name(), one.address(), one.perSecond());
    return switch (one.kind()) {
      case LIBRETRANSLATE -> new LibreTranslate(one, line);
      case CHAT -> new ChatCompletions(one, line);
      case TENCENT -> new TencentTranslate(one, line, clock);
      case APERTIUM -> throw new IllegalStateException("handled before");
    };
  }
}
