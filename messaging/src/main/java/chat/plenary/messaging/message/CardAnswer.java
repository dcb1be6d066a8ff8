package chat.plenary.messaging.message;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.id.Ref;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody answered on a card.
 *
 * @param ref the answerer's name for it, so that it can be repeated
 * @param key the button that was pressed
 * @param selected option ids by question key
 * @param texts texts by question key
 */
public record CardAnswer(
    Ref ref, String key, Map<String, List<String>> selected, Map<String, String> texts) {
  public CardAnswer {
    selected = Map.copyOf(selected);
    texts = Map.copyOf(texts);
  }

  /**
   * Reads an answer.
   *
   * @throws Fault naming the member that is wrong
   */
  public static CardAnswer read(Input in) {
    Ref ref = in.parsed("ref", Ref.MAX_BYTES, Ref::new);
    String key = in.text("key", 1, 1_024);
    Map<String, List<String>> selected = new LinkedHashMap<>();
    for (Input one : in.objects("selected", 20)) {
      selected.put(
          one.text("question_key", 1, 1_024), one.texts("option_ids", 20, 128, text -> text));
      one.end();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (Input one : in.objects("texts", 20)) {
      texts.put(one.text("question_key", 1, 1_024), one.text("text", 0, 8_000));
      one.end();
    }
    in.end();
    return new CardAnswer(ref, key, selected, texts);
  }

  /** The selected options in the form of the protocol. */
  public static JsonArray selectedJson(Map<String, List<String>> selected) {
    List<JsonObject> all = new ArrayList<>();
    selected.forEach(
        (question, options) ->
            all.add(
                new JsonObject()
                    .put("question_key", question)
                    .put("option_ids", new JsonArray(options))));
    return new JsonArray(all);
  }
}
