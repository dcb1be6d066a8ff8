package chat.plenary.messaging.caption;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.translation.Translations;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Captions' translations, where those of all messages are. */
public final class CaptionTranslations implements Captions.Translations {
  private final Translations translations;

  public CaptionTranslations(Translations translations) {
    this.translations = translations;
  }

  @Override
  public Future<Map<Long, Translation>> of(
      Caller reader, ConversationId conversation, List<Long> seqs, String language) {
    return translations
        .of(reader, conversation, seqs, language)
        .map(
            found -> {
              Map<Long, Translation> known = new HashMap<>();
              found
                  .translations()
                  .forEach(
                      one ->
                          known.put(
                              one.seq(),
                              new Translation(
                                  one.language(),
                                  one.text(),
                                  one.engine(),
                                  one.title(),
                                  one.problem())));
              return known;
            });
  }
}
