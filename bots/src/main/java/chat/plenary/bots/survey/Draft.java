package chat.plenary.bots.survey;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a person has answered so far. It exists in clear only while a request is served.
 *
 * @param answer the random id that the answer will have, drawn at consent
 * @param seed by which options are shuffled
 * @param at the question that is asked, from 0; the number of questions where all were
 * @param stopped whether the person has stopped for now
 * @param refs the last answers that were taken, so that a repetition does nothing
 * @param chosen option ids by question id
 * @param texts words by question id, or by the key of an option that takes words
 */
record Draft(
    String answer,
    long seed,
    int at,
    boolean stopped,
    List<String> refs,
    Map<String, List<String>> chosen,
    Map<String, String> texts) {
  private static final int REFS = 16;

  /** Sealed drafts have a multiple of this many bytes, so that their length tells little. */
  private static final int BLOCK = 2_048;

  Draft {
    refs = List.copyOf(refs);
    chosen = Map.copyOf(chosen);
    texts = Map.copyOf(texts);
  }

  static Draft fresh(String ref) {
    return new Draft(Cipher.id(), Cipher.seed(), 0, false, List.of(ref), Map.of(), Map.of());
  }

  Draft took(String ref) {
    List<String> more = new ArrayList<>(refs);
    more.add(ref);
    List<String> kept = more.subList(Math.max(0, more.size() - REFS), more.size());
    return new Draft(answer, seed, at, stopped, kept, chosen, texts);
  }

  Draft moved(int to, boolean nowStopped) {
    return new Draft(answer, seed, to, nowStopped, refs, chosen, texts);
  }

  /** The same with another answer to a question; empty ones are forgotten. */
  Draft answered(Question question, List<String> options, String words) {
    Map<String, List<String>> newChosen = new HashMap<>(chosen);
    Map<String, String> newTexts = new HashMap<>(texts);
    String key = question.type() == Question.Type.TEXT ? question.id() : question.otherKey();
    newChosen.remove(question.id());
    newTexts.remove(key);
    if (!options.isEmpty()) {
      newChosen.put(question.id(), options);
    }
    if (!words.isEmpty()) {
      newTexts.put(key, words);
    }
    return new Draft(answer, seed, at, stopped, refs, newChosen, newTexts);
  }

  byte[] encode() {
    JsonObject json =
        new JsonObject()
            .put("a", answer)
            .put("s", seed)
            .put("at", at)
            .put("st", stopped)
            .put("r", new JsonArray(refs));
    JsonObject options = new JsonObject();
    chosen.forEach((question, ids) -> options.put(question, new JsonArray(ids)));
    JsonObject words = new JsonObject();
    texts.forEach(words::put);
    byte[] plain = json.put("c", options).put("t", words).encode().getBytes(StandardCharsets.UTF_8);
    byte[] padded = new byte[(plain.length / BLOCK + 1) * BLOCK];
    java.util.Arrays.fill(padded, (byte) ' ');
    System.arraycopy(plain, 0, padded, 0, plain.length);
    return padded;
  }

  static Draft decode(byte[] plain) {
    JsonObject json = new JsonObject(new String(plain, StandardCharsets.UTF_8));
    Map<String, List<String>> chosen = new HashMap<>();
    JsonObject options = json.getJsonObject("c");
    for (String question : options.fieldNames()) {
      chosen.put(question, texts(options.getJsonArray(question)));
    }
    Map<String, String> words = new HashMap<>();
    JsonObject texts = json.getJsonObject("t");
    for (String key : texts.fieldNames()) {
      words.put(key, texts.getString(key));
    }
    return new Draft(
        json.getString("a"),
        json.getLong("s"),
        json.getInteger("at"),
        json.getBoolean("st"),
        texts(json.getJsonArray("r")),
        chosen,
        words);
  }

  private static List<String> texts(JsonArray array) {
    List<String> found = new ArrayList<>();
    array.forEach(one -> found.add((String) one));
    return found;
  }

  /** What it holds is nobody's business, least of all a log's. */
  @Override
  public String toString() {
    return "Draft";
  }
}
