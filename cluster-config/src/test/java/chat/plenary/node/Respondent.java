package chat.plenary.node;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A member who takes a survey by the public protocol, as a random script says. What is not known is
 * repeated with the same ref at another node.
 */
final class Respondent {
  /** How a script ends. */
  enum End {
    SEND,
    ERASE,
    STOP
  }

  private static final int SENT_AFTER = 40;

  private final int number;
  private final String userid;
  private final End end;
  private final List<String> urls;
  private final Random script;
  private final AtomicInteger steps;
  private final CountDownLatch back;
  private int at;
  private int refs;
  private @Nullable String token;
  private String direct = "";
  private long card;

  /** What the script chose, option ids by question; skipped ones are absent. */
  final Map<String, List<String>> chosen = new LinkedHashMap<>();

  /** What it wrote. */
  final List<String> words = new ArrayList<>();

  /** All that names this person. */
  final List<String> names = new ArrayList<>();

  /** Requests that had to be sent again. */
  int repeated;

  /** Answers that were refused, as they must be. */
  int refused;

  /**
   * A person.
   *
   * @param urls of the nodes; it begins at the one of its number
   * @param steps counts what all have answered
   * @param back goes off when the node that was killed is there again
   */
  Respondent(
      int number,
      String userid,
      End end,
      List<String> urls,
      AtomicInteger steps,
      CountDownLatch back) {
    this.number = number;
    this.userid = userid;
    this.end = end;
    this.urls = urls;
    this.at = number % urls.size();
    this.script = new Random(75_000 + number);
    this.steps = steps;
    this.back = back;
  }

  /** Signs in by a ticket. */
  void signIn(String ticket) {
    JsonObject in =
        Rest.at(urls.get(at))
            .post("/api/v1/sign-in/ticket", new JsonObject().put("ticket", ticket))
            .good();
    token = in.getString("accessToken");
    names.addAll(
        List.of(userid, in.getString("session"), in.getJsonObject("account").getString("id")));
  }

  /** Takes the survey from the invitation on. */
  void take(String group, long invitation, String bot) {
    String message = "/api/v1/conversations/" + group + "/messages/" + invitation;
    good("POST", message + "/answer", press("begin"));
    JsonObject open = new JsonObject().put("ref", "open").put("kind", "direct").put("with", bot);
    direct = good("POST", "/api/v1/conversations", open).getString("id");
    names.add(direct);
    card = card();
    JsonObject view = answer(press("agree"));
    boolean wentBack = false;
    boolean stopped = false;
    for (int step = 0; view.getValue("card") instanceof JsonObject asked; step++) {
      String question = question(asked);
      if (step > SENT_AFTER) {
        throw new AssertionError("the survey does not end: " + view);
      }
      if (question == null) {
        view = finish();
        continue;
      }
      if (end != End.SEND && step > 5) {
        leave();
        return;
      }
      wrong(asked, question);
      if (number % 5 == 0 && step == 3 && !stopped) {
        stopped = true;
        view = resumed(question);
        continue;
      }
      JsonObject next = next(asked, question);
      view = answer(next);
      if (number % 4 == 0 && step == 4 && !wentBack) {
        wentBack = true;
        view = answer(press("back"));
        if (!question.equals(question(view.getJsonObject("card")))) {
          throw new AssertionError("back does not lead back: " + view);
        }
      }
      at = script.nextInt(8) == 0 ? (at + 1) % urls.size() : at;
    }
    if (end == End.SEND && !"answered".equals(view.getString("state"))) {
      throw new AssertionError("not sent: " + view);
    }
  }

  private JsonObject finish() {
    JsonObject send = press("send");
    JsonObject sent = answer(send);
    // Whoever presses twice has answered once.
    return number % 3 == 0 ? answer(send) : sent;
  }

  private void leave() {
    answer(press("stop"));
    if (end == End.ERASE) {
      answer(press("erase"));
    }
    chosen.clear();
  }

  /** Stops, and goes on where it was at another node; some at the one that was killed. */
  private JsonObject resumed(String question) {
    answer(press("stop"));
    at = (at + 1) % urls.size();
    if (number % 10 == 0) {
      try {
        back.await(NodeProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      at = SurveyTest.VICTIM;
    }
    JsonObject view = answer(press("resume"));
    if (!question.equals(question(view.getJsonObject("card")))) {
      throw new AssertionError("resuming does not lead to where it was: " + view);
    }
    return view;
  }

  /** What may not be answered is refused, and changes nothing. */
  private void wrong(JsonObject asked, String question) {
    JsonObject box = asked.getJsonObject("checkbox");
    if (number % 7 == 0 && box != null && box.getInteger("most") == 3) {
      refuse(submit(question, options(box).subList(0, 4), null, null), "selected", 400);
    }
    if (number % 7 == 1 && box != null) {
      refuse(submit(question, List.of("nonesuch"), null, null), "selected", 400);
    }
    if (number % 7 == 2 && box == null) {
      refuse(submit(question, List.of(), question, "é".repeat(141)), "texts", 400);
    }
    if (number % 7 == 3 && !question.equals("trends")) {
      refuse(submit("trends", List.of("health"), null, null), "key", 409);
    }
  }

  private void refuse(JsonObject wrong, String field, int status) {
    Rest.Answer answer = call("POST", path("/answer"), wrong);
    if (answer.status() != status || !field.equals(answer.json().getString("field"))) {
      throw new AssertionError("must be refused: " + wrong + ": " + answer.text());
    }
    refused++;
  }

  /** What the script says to a question; the last that is said counts. */
  private JsonObject next(JsonObject asked, String question) {
    chosen.remove(question);
    JsonObject box = asked.getJsonObject("checkbox");
    if (box == null) {
      words.removeIf(text -> text.startsWith("message"));
      String text = text("message", 140);
      words.add(text);
      return submit(question, List.of(), question, text);
    }
    if (script.nextInt(7) == 0) {
      words.removeIf(text -> text.startsWith(question));
      return press("skip");
    }
    List<String> options = new ArrayList<>(options(box));
    Collections.sort(options);
    Collections.shuffle(options, script);
    List<String> picked = options.subList(0, 1 + script.nextInt(box.getInteger("most")));
    chosen.put(question, List.copyOf(picked));
    JsonObject input = asked.getJsonObject("text_input");
    words.removeIf(text -> text.startsWith(question));
    if (input == null || !picked.contains("other")) {
      return submit(question, picked, null, null);
    }
    String text = text(question, 60);
    words.add(text);
    return submit(question, picked, input.getString("question_key"), text);
  }

  /** Words that nobody else writes. */
  private String text(String begin, int length) {
    StringBuilder text =
        new StringBuilder(begin).append(' ').append(Long.toHexString(script.nextLong()));
    while (text.length() < length) {
      text.append(" and so on".charAt(text.length() % 10));
    }
    return text.toString().strip();
  }

  /** The seq of the card in the private conversation, once this node knows it. */
  private long card() {
    long[] found = new long[1];
    Live.until(
        "the card of " + userid,
        () -> {
          Rest.Answer page = call("GET", "/api/v1/conversations/" + direct + "/entries", null);
          if (page.status() == 200) {
            for (Object one : page.json().getJsonArray("entries")) {
              JsonObject entry = (JsonObject) one;
              if (entry.getString("kind").equals("message.posted")) {
                found[0] = entry.getLong("seq");
              }
            }
          }
          return found[0] > 0;
        });
    return found[0];
  }

  private String path(String what) {
    return "/api/v1/conversations/" + direct + "/messages/" + card + what;
  }

  private JsonObject answer(JsonObject answer) {
    JsonObject view = good("POST", path("/answer"), answer);
    steps.incrementAndGet();
    return view;
  }

  private JsonObject good(String method, String path, @Nullable JsonObject body) {
    return call(method, path, body).good();
  }

  /** Asks until it is known what came of it, with the same ref, at one node after the other. */
  private Rest.Answer call(String method, String path, @Nullable JsonObject body) {
    long deadline = System.nanoTime() + NodeProcess.PATIENCE.toNanos();
    while (true) {
      String wrong;
      try {
        Rest.Answer answer = new Rest(urls.get(at), token).send(method, path, body);
        if (answer.status() < 500 && answer.status() != 429) {
          return answer;
        }
        wrong = answer.text();
      } catch (UncheckedIOException e) {
        wrong = String.valueOf(e.getCause());
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(userid + ": " + path + ": " + wrong);
      }
      repeated++;
      at = (at + 1) % urls.size();
      NodeProcess.pause(100);
    }
  }

  private JsonObject press(String key) {
    return new JsonObject().put("ref", userid + "-" + refs++).put("key", key);
  }

  private JsonObject submit(
      String question, List<String> options, @Nullable String field, @Nullable String text) {
    JsonObject answer = press("submit");
    if (!options.isEmpty()) {
      answer.put(
          "selected",
          new JsonArray()
              .add(
                  new JsonObject()
                      .put("question_key", question)
                      .put("option_ids", new JsonArray(options))));
    }
    if (field != null) {
      answer.put(
          "texts",
          new JsonArray().add(new JsonObject().put("question_key", field).put("text", text)));
    }
    return answer;
  }

  /** The question that a card asks; null where it asks none. */
  private static @Nullable String question(JsonObject card) {
    JsonObject box = card.getJsonObject("checkbox");
    JsonObject input = card.getJsonObject("text_input");
    JsonObject asking = box == null ? input : box;
    return asking == null ? null : asking.getString("question_key");
  }

  private static List<String> options(JsonObject box) {
    return box.getJsonArray("option_list").stream()
        .map(option -> ((JsonObject) option).getString("id"))
        .toList();
  }
}
