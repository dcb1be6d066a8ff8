package chat.plenary.messaging.gateway;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.translation.Detector;
import chat.plenary.messaging.translation.Options;
import chat.plenary.messaging.translation.Translations;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;

/** The feature without engines, over a chat that has started already: it follows no log. */
final class TestTranslations {
  private TestTranslations() {}

  static Translations open(Store store, Chat chat) {
    return Translations.open(
        store,
        chat.log(),
        chat.access(),
        chat.history(),
        chat.signals(),
        new VertxTimers(Vertx.vertx(), Clock.systemUTC()),
        List.of(),
        Detector.none(),
        Options.defaults());
  }
}
