package chat.plenary.bots.feed;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.message.CardAnswer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether an answer is one that a card can be given. */
final class AnswerCheck {
  private AnswerCheck() {}

  /**
   * Checks an answer.
   *
   * @throws Fault naming the member that is wrong
   */
  static void check(JsonObject card, CardAnswer answer) {
    Set<String> keys = new HashSet<>();
    add(keys, card.getJsonObject("submit_button"));
    objects(card.getJsonArray("button_list")).forEach(one -> add(keys, one));
    JsonObject menu = card.getJsonObject("action_menu");
    if (menu != null) {
      objects(menu.getJsonArray("action_list")).forEach(one -> add(keys, one));
    }
    if (!keys.contains(answer.key())) {
      throw Fault.invalid("key", "There is no such button on this card.");
    }
    Map<String, JsonObject> questions = new HashMap<>();
    question(questions, card.getJsonObject("checkbox"));
    question(questions, card.getJsonObject("button_selection"));
    objects(card.getJsonArray("select_list")).forEach(one -> question(questions, one));
    answer.selected().forEach((key, ids) -> selected(questions.get(key), key, ids));
    JsonObject input = card.getJsonObject("text_input");
    answer.texts().forEach((key, text) -> text(input, key, text));
  }

  private static void selected(@Nullable JsonObject question, String key, List<String> ids) {
    if (question == null) {
      throw Fault.invalid("selected", "There is no question '" + key + "' on this card.");
    }
    Set<String> options = new HashSet<>();
    objects(question.getJsonArray("option_list")).forEach(one -> options.add(one.getString("id")));
    for (String id : ids) {
      if (!options.contains(id)) {
        throw Fault.invalid("selected", "There is no option '" + id + "' in this question.");
      }
    }
    int most =
        question.getInteger("mode", 0) == 1 ? question.getInteger("most", options.size()) : 1;
    if (new HashSet<>(ids).size() != ids.size() || ids.size() > most) {
      throw Fault.invalid("selected", "Choose up to " + most + ", each once.");
    }
  }

  private static void text(@Nullable JsonObject input, String key, String text) {
    if (input == null || !key.equals(input.getString("question_key"))) {
      throw Fault.invalid("texts", "There is no text '" + key + "' on this card.");
    }
    int most = input.getInteger("max_length");
    if (text.codePointCount(0, text.length()) > most) {
      throw Fault.invalid("texts", "This has at most " + most + " characters.");
    }
  }

  private static void add(Set<String> keys, @Nullable JsonObject button) {
    if (button != null && button.getString("key") != null) {
      keys.add(button.getString("key"));
    }
  }

  private static void question(Map<String, JsonObject> questions, @Nullable JsonObject question) {
    if (question != null && question.getString("question_key") != null) {
      questions.put(question.getString("question_key"), question);
    }
  }

  private static List<JsonObject> objects(@Nullable JsonArray array) {
    List<JsonObject> found = new ArrayList<>();
    if (array != null) {
      for (int i = 0; i < array.size(); i++) {
        if (array.getValue(i) instanceof JsonObject one) {
          found.add(one);
        }
      }
    }
    return found;
  }
}
