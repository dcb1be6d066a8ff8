package chat.plenary.messaging.voice;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.caption.Captions;
import chat.plenary.messaging.caption.Translation;
import chat.plenary.messaging.delivery.Signals;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.interpretation.Language;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Translations of captions that are to be spoken: what there is at once, and what is told when it
 * is made. At most 1,000 are waited for; who waits gives up by themselves.
 */
final class Texts {
  private static final int MOST = 1_000;

  private final Captions.Translations translations;
  private final Map<String, Promise<String>> waiting =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Promise<String>> eldest) {
          return size() > MOST;
        }
      };

  Texts(Captions.Translations translations) {
    this.translations = translations;
  }

  /**
   * What a caption says in a language.
   *
   * @param reader somebody who may see it
   * @return the text, empty where there is a problem; it may never complete
   */
  Future<String> of(Caller reader, ConversationId conversation, long seq, String language) {
    String id = id(conversation, seq, language);
    Promise<String> text;
    synchronized (waiting) {
      text = waiting.computeIfAbsent(id, none -> Promise.promise());
    }
    translations
        .of(reader, conversation, List.of(seq), language)
        .onSuccess(
            found -> {
              Translation one = found.get(seq);
              if (one != null) {
                complete(id, one.text());
              }
            });
    return text.future();
  }

  void signalled(Signals.Signal signal) {
    if (signal instanceof Signals.Signal.Translated told) {
      complete(id(told.conversation(), told.seq(), told.language()), told.text());
    }
  }

  private void complete(String id, @Nullable String text) {
    Promise<String> waits;
    synchronized (waiting) {
      waits = waiting.remove(id);
    }
    if (waits != null) {
      waits.tryComplete(text == null ? "" : text);
    }
  }

  private static String id(ConversationId conversation, long seq, String language) {
    return conversation.value() + "/" + seq + "/" + Language.written(language);
  }
}
