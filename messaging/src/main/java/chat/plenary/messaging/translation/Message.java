package chat.plenary.messaging.translation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.conversation.LanguageSettings;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.interpretation.Language;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A message that can be translated.
 *
 * @param seq the message's own number
 * @param of the number of the body: its own, or its newest edit's
 * @param mentions who is mentioned by name
 * @param language what a caption says of itself; null for messages
 * @param own the translations that a caption brought with it
 * @param spared languages into which people interpreted a caption: no engine translates it into
 *     these
 * @param speaking the conversation's settings
 */
record Message(
    ConversationId conversation,
    OrganisationId organisation,
    long seq,
    long of,
    AccountId sender,
    String text,
    boolean markdown,
    List<AccountId> mentions,
    @Nullable String language,
    List<Own> own,
    List<String> spared,
    LanguageSettings speaking) {

  /** A translation that a caption brought with it. */
  record Own(String language, String text, String engine) {}

  /** A message with a body; null where that is no text to translate. */
  static @Nullable Message of(
      ConversationState state, long seq, long of, AccountId sender, @Nullable BsonDocument body) {
    OrganisationId home = state.organisation();
    String type = body == null ? null : Bson.text(body, "type");
    String text = body == null ? null : Bson.text(body, "text");
    if (home == null || body == null || type == null || text == null) {
      return null;
    }
    boolean caption = type.equals("caption");
    if (caption && "interpreter".equals(Bson.text(body, "by"))) {
      return null;
    }
    if (!caption && !type.equals("text") && !type.equals("markdown")) {
      return null;
    }
    return new Message(
        state.id(),
        home,
        seq,
        of,
        sender,
        text,
        type.equals("markdown"),
        Bson.strings(body, "mentions").stream().map(AccountId::new).toList(),
        caption ? Bson.text(body, "language") : null,
        caption ? own(body) : List.of(),
        caption ? Bson.strings(body, "interpreted") : List.of(),
        state.speaking());
  }

  /** Whether no engine is to be asked: it is there already, in that language, or interpreted. */
  boolean needsNone(String into) {
    String said = language;
    return (said != null && Language.same(said, into))
        || own.stream().anyMatch(one -> Language.same(one.language(), into))
        || spared.stream().anyMatch(one -> Language.same(one, into));
  }

  private static List<Own> own(BsonDocument body) {
    List<Own> found = new ArrayList<>();
    if (body.get("translations") instanceof BsonArray all) {
      for (BsonValue value : all) {
        BsonDocument one = value.asDocument();
        String language = Bson.text(one, "language");
        String text = Bson.text(one, "text");
        String engine = Bson.text(one, "engine");
        if (language != null && text != null) {
          found.add(new Own(language, text, engine == null ? "" : engine));
        }
      }
    }
    return found;
  }
}
