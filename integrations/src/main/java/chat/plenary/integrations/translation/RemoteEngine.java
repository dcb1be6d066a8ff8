package chat.plenary.integrations.translation;

import chat.plenary.messaging.interpretation.TextTranslator;
import io.vertx.core.Future;

/** An engine at the other end of a line, and what its settings say of it. */
abstract class RemoteEngine implements TextTranslator {
  final EngineSettings settings;
  final Line line;

  RemoteEngine(EngineSettings settings, Line line) {
    this.settings = settings;
    this.line = line;
  }

  @Override
  public final String name() {
    return settings.name();
  }

  @Override
  public final String title() {
    return settings.title();
  }

  @Override
  public final boolean outside() {
    return settings.outside();
  }

  @Override
  public final int perSecond() {
    return settings.perSecond();
  }

  @Override
  public final Future<Void> close() {
    return line.close();
  }
}
