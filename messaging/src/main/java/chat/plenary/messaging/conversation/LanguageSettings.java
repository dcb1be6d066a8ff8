package chat.plenary.messaging.conversation;

import chat.plenary.messaging.content.Bson;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * What a conversation speaks, and what may become of what is said in it.
 *
 * @param languages the tags of the languages that it speaks, at most 6; none by default
 * @param translation inside by default
 */
public record LanguageSettings(List<String> languages, TranslationPolicy translation) {
  /** Languages of a conversation, at the most. */
  public static final int MAX_LANGUAGES = 6;

  static final LanguageSettings DEFAULT = new LanguageSettings(List.of(), TranslationPolicy.INSIDE);

  public LanguageSettings {
    languages = List.copyOf(languages);
  }

  /** The same after what an entry, or a row, says; what it does not name stays. */
  LanguageSettings with(BsonDocument body) {
    String name = Bson.text(body, "translation");
    TranslationPolicy policy = name == null ? null : TranslationPolicy.of(name);
    return new LanguageSettings(
        body.containsKey("languages") ? Bson.strings(body, "languages") : languages,
        policy == null ? translation : policy);
  }

  /** Adds them to a row. */
  BsonDocument to(BsonDocument row) {
    return row.append("languages", Bson.strings(languages))
        .append("translation", new BsonString(translation.text()));
  }
}
