package chat.plenary.messaging.search;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.content.MessageBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Something that a message says, in one language.
 *
 * @param text what it says
 * @param language the language of a caption's translation; null for the message's own text
 */
record Said(String text, @Nullable String language) {
  /** What people read on a card, by the names of its members. */
  private static final Set<String> SHOWN =
      Set.of("title", "desc", "sub_title_text", "keyname", "value", "quote_text", "text");

  /** All that a message's body says; empty where it says nothing. */
  static List<Said> all(@Nullable BsonDocument body) {
    if (body == null) {
      return List.of();
    }
    StringBuilder own = new StringBuilder();
    add(own, Bson.text(body, "text"));
    if (body.get("card") instanceof BsonDocument card) {
      shown(own, card);
    }
    if (body.get("meeting") instanceof BsonDocument meeting) {
      add(own, Bson.text(meeting, "title"));
    }
    List<Said> all = new ArrayList<>();
    if (own.length() > 0) {
      all.add(new Said(own.toString(), null));
    }
    if (MessageBody.isCaption(body) && body.get("translations") instanceof BsonArray array) {
      for (BsonValue one : array) {
        String text = one.isDocument() ? Bson.text(one.asDocument(), "text") : null;
        String language = one.isDocument() ? Bson.text(one.asDocument(), "language") : null;
        if (text != null && language != null) {
          all.add(new Said(text, language));
        }
      }
    }
    return all;
  }

  private static void shown(StringBuilder own, BsonValue value) {
    if (value.isArray()) {
      value.asArray().forEach(one -> shown(own, one));
    } else if (value.isDocument()) {
      value
          .asDocument()
          .forEach(
              (name, member) -> {
                if (!member.isString()) {
                  shown(own, member);
                } else if (SHOWN.contains(name)) {
                  add(own, member.asString().getValue());
                }
              });
    }
  }

  private static void add(StringBuilder own, @Nullable String text) {
    if (text != null && !text.isEmpty() && own.indexOf(text) < 0) {
      own.append(own.length() == 0 ? "" : "\n").append(text);
    }
  }
}
