package chat.plenary.messaging.caption;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.ConversationJson;
import chat.plenary.messaging.id.AccountId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** Captions as they stand in entries, read back. */
final class CaptionJson {
  private CaptionJson() {}

  static String time(Instant at) {
    return ConversationJson.time(at);
  }

  /** The sentence that a body holds, or null where it holds none that can be read. */
  static @Nullable Sentence sentence(BsonDocument body) {
    BsonDocument speaker =
        body.get("speaker") instanceof BsonDocument one ? one : new BsonDocument();
    String account = Bson.text(speaker, "account");
    String name = Bson.text(speaker, "name");
    String key = Bson.text(body, "key");
    String language = Bson.text(body, "language");
    String text = Bson.text(body, "text");
    if (key == null || language == null || text == null) {
      return null;
    }
    try {
      return new Sentence(
          key,
          Speaker.of(account == null ? null : new AccountId(account), name == null ? "" : name),
          language,
          text,
          instant(body, "from"),
          instant(body, "to"),
          translations(body),
          by(Bson.text(body, "by")),
          true,
          Bson.flag(body, "cut"));
    } catch (IllegalArgumentException | DateTimeException e) {
      return null;
    }
  }

  private static Instant instant(BsonDocument body, String name) {
    String text = Bson.text(body, name);
    return text == null ? Instant.EPOCH : Instant.parse(text);
  }

  private static List<Translation> translations(BsonDocument body) {
    List<Translation> found = new ArrayList<>();
    if (body.get("translations") instanceof BsonArray array) {
      array.forEach(
          value -> {
            if (value instanceof BsonDocument one) {
              String language = Bson.text(one, "language");
              String text = Bson.text(one, "text");
              if (language != null && text != null) {
                found.add(
                    new Translation(
                        language, text, Bson.text(one, "engine"), Bson.text(one, "title"), null));
              }
            }
          });
    }
    return found;
  }

  /** A kind of source of a later version is taken for the plainest. */
  private static Sentence.By by(@Nullable String text) {
    try {
      return text == null ? Sentence.By.SPEECH : Sentence.By.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return Sentence.By.SPEECH;
    }
  }
}
