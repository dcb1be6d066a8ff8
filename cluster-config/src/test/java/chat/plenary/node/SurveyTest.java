package chat.plenary.node;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.store.mongo.TestMongo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty members take the survey on three nodes at the same time, while one node is killed and
 * started again. The figures are those of their scripts, and nothing that is left ties a person to
 * an answer.
 *
 * <p>What is looked at once all have sent: every document of every collection, by the database's
 * own driver; all that the nodes wrote to their logs, as they log unless told otherwise; and every
 * array of bytes among the live objects of each node, after a collection of garbage. What is not:
 * files of the database and of its journal, memory outside of the heap, how objects refer to each
 * other, and what one sees who watches while people answer.
 */
@Timeout(300)
class SurveyTest {
  /** The node that is killed. */
  static final int VICTIM = 1;

  private static final int SENDING = 50;
  private static final String SURVEY = "/api/v1/surveys/un75";
  private static final String PASSWORD = "correct horse battery staple";

  @TempDir Path folder;

  @Test
  void fiftyMembersOnThreeNodesAreCountedExactlyAndNothingTiesThemToTheirAnswers()
      throws Exception {
    try (Nodes nodes = new Nodes(folder, TestMongo.shared(), 3, List.of())) {
      Rest owner = setUp(nodes);
      List<JsonObject> members = members(owner);
      JsonObject pushed = push(owner, members);
      List<String> urls = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        urls.add(nodes.get(i).url());
      }
      AtomicInteger steps = new AtomicInteger();
      CountDownLatch back = new CountDownLatch(1);
      List<Respondent> people = new ArrayList<>();
      for (int i = 0; i < members.size(); i++) {
        JsonObject member = members.get(i);
        Respondent.End end =
            i < SENDING
                ? Respondent.End.SEND
                : i == SENDING ? Respondent.End.ERASE : Respondent.End.STOP;
        Respondent person = new Respondent(i, member.getString("userid"), end, urls, steps, back);
        String tickets = "/api/v1/members/" + member.getString("id") + "/tickets";
        person.signIn(
            owner
                .post(tickets, new JsonObject().put("count", 1))
                .good()
                .getJsonArray("tickets")
                .getString(0));
        people.add(person);
      }

      final String killed = takeTogether(nodes, owner, people, pushed, steps, back);

      int repeated = people.stream().mapToInt(person -> person.repeated).sum();
      assertThat(repeated).isPositive();
      assertThat(people.stream().mapToInt(person -> person.refused).sum()).isGreaterThan(50);
      JsonObject live = new JsonObject(liveResults(owner, 45));
      assertThat(live.getBoolean("exact")).isFalse();
      List<Respondent> sent = people.subList(0, SENDING);
      try (Everything database = new Everything(nodes.mongodbUri())) {
        Everything.Answered answered = database.answered(sent);
        nothingTies(database, answered, people);
        nothingIsLogged(nodes, killed, answered);
        nothingIsAlive(nodes, database, answered, people);

        owner.post(SURVEY + "/close", new JsonObject()).good();
        exactly(sent, nodes);
        assertThat(database.count("survey_drafts")).isZero();
        // Also those that a request left behind which was cut off with its node.
        assertThat(database.count("survey_keys")).isZero();
        assertThat(database.count("survey_secrets")).isZero();
        nothingTies(database, database.answered(sent), people);
      }
    }
  }

  private static Rest setUp(Nodes nodes) {
    JsonObject setUp =
        new JsonObject()
            .put("token", nodes.get(0).printed("/setup#(\\S+)"))
            .put("organisation", new JsonObject().put("name", "Assembly"))
            .put(
                "owner",
                new JsonObject()
                    .put("userid", "organiser")
                    .put("name", "Olga Organiser")
                    .put("password", PASSWORD));
    Rest.at(nodes.get(0).url()).post("/api/v1/setup", setUp).good();
    return Rest.signedIn(nodes.get(0).url(), "organiser", PASSWORD);
  }

  private static List<JsonObject> members(Rest owner) {
    JsonArray candidates = new JsonArray();
    for (int i = 0; i < SENDING + 2; i++) {
      String userid = String.format("respondent-%02d", i);
      candidates.add(new JsonObject().put("userid", userid).put("name", "Person " + i));
    }
    return owner
        .post("/api/v1/members", new JsonObject().put("members", candidates))
        .good()
        .getJsonArray("members")
        .stream()
        .map(one -> (JsonObject) one)
        .toList();
  }

  private static JsonObject push(Rest owner, List<JsonObject> members) {
    JsonArray ids = new JsonArray();
    members.forEach(member -> ids.add(member.getString("id")));
    JsonObject create =
        new JsonObject()
            .put("ref", "create")
            .put("kind", "group")
            .put("id", "dialogue")
            .put("name", "Global dialogue")
            .put("members", ids);
    String group = owner.post("/api/v1/conversations", create).good().getString("id");
    JsonObject push = new JsonObject().put("ref", "push").put("groups", new JsonArray().add(group));
    return owner.post(SURVEY + "/pushes", push).good();
  }

  /** All at once; a node is killed when a third is answered. What it had logged is returned. */
  private static String takeTogether(
      Nodes nodes,
      Rest owner,
      List<Respondent> people,
      JsonObject pushed,
      AtomicInteger steps,
      CountDownLatch back)
      throws Exception {
    JsonObject card = pushed.getJsonArray("messages").getJsonObject(0);
    ExecutorService threads = Executors.newFixedThreadPool(people.size());
    List<Future<?>> taking = new ArrayList<>();
    try {
      for (Respondent person : people) {
        taking.add(
            threads.submit(
                () ->
                    person.take(
                        card.getString("conversation"),
                        card.getLong("seq"),
                        pushed.getString("bot"))));
      }
      while (steps.get() < 4 * SENDING && !taking.stream().allMatch(Future::isDone)) {
        NodeProcess.pause(10);
      }
      nodes.get(VICTIM).kill();
      final String killed = nodes.get(VICTIM).output();
      assertThat(taking.stream().filter(Future::isDone))
          .as("done before the kill: most must be in the middle of it")
          .hasSizeLessThan(people.size() / 2);
      nodes.startAgain(VICTIM);
      back.countDown();
      long seen = 0;
      while (!taking.stream().allMatch(Future::isDone)) {
        seen = inSteps(owner, seen);
        NodeProcess.pause(300);
      }
      for (Future<?> one : taking) {
        one.get();
      }
      inSteps(owner, seen);
      return killed;
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Live figures are all multiples of five, hidden below ten, and only grow. */
  private static long inSteps(Rest owner, long before) {
    JsonObject results = owner.get(SURVEY + "/results").good();
    Long n = results.getLong("n");
    if (n == null) {
      assertThat(before).isZero();
      assertThat(results.getJsonArray("questions")).isEmpty();
      return 0;
    }
    assertThat(n).isBetween(Math.max(10, before), (long) SENDING);
    counts(results)
        .forEach((what, count) -> assertThat(count % 5).as(what + " is " + count).isZero());
    return n;
  }

  private static String liveResults(Rest owner, long least) {
    String[] found = new String[1];
    Live.until(
        "live results",
        () -> {
          Rest.Answer answer = owner.get(SURVEY + "/results");
          found[0] = answer.text();
          Long n = answer.good().getLong("n");
          return n != null && n >= least;
        });
    inSteps(owner, least);
    return found[0];
  }

  /** Counts by question ({@code n}) and by question and option, where they are shown. */
  private static Map<String, Long> counts(JsonObject results) {
    Map<String, Long> counts = new TreeMap<>();
    counts.put("n", results.getLong("n"));
    for (Object one : results.getJsonArray("questions")) {
      JsonObject question = (JsonObject) one;
      String id = question.getString("id");
      put(counts, id, question.getLong("n"));
      for (Object option : question.getJsonArray("options")) {
        JsonObject each = (JsonObject) option;
        put(counts, id + "/" + each.getString("id"), each.getLong("count"));
      }
    }
    return counts;
  }

  private static void put(Map<String, Long> counts, String what, Long count) {
    if (count != null) {
      counts.put(what, count);
    }
  }

  /** After the close every node tells, as JSON and as CSV, what the scripts chose. */
  private static void exactly(List<Respondent> sent, Nodes nodes) {
    Map<String, Long> chosen = new HashMap<>();
    for (Respondent person : sent) {
      person.chosen.forEach(
          (question, options) -> {
            chosen.merge(question, 1L, Long::sum);
            options.forEach(option -> chosen.merge(question + "/" + option, 1L, Long::sum));
          });
    }
    for (int i = 0; i < 3; i++) {
      Rest reader = Rest.signedIn(nodes.get(i).url(), "organiser", PASSWORD);
      JsonObject results = reader.get(SURVEY + "/results").good();
      assertThat(results.getString("state")).isEqualTo("closed");
      assertThat(results.getBoolean("exact")).isTrue();
      assertThat(results.getLong("n")).isEqualTo(SENDING);
      Map<String, Long> expected = new TreeMap<>();
      expected.put("n", (long) SENDING);
      for (Object one : results.getJsonArray("questions")) {
        JsonObject question = (JsonObject) one;
        long step = question.getBoolean("demographic") ? 5 : 1;
        String id = question.getString("id");
        expected.put(id, chosen.getOrDefault(id, 0L) / step * step);
        for (Object option : question.getJsonArray("options")) {
          String key = id + "/" + ((JsonObject) option).getString("id");
          expected.put(key, chosen.getOrDefault(key, 0L) / step * step);
        }
      }
      assertThat(counts(results)).isEqualTo(expected).hasSizeGreaterThan(80);
      Map<String, Long> table = csv(reader.get(SURVEY + "/results.csv").text());
      expected.remove("n");
      assertThat(table).isEqualTo(expected);
    }
  }

  private static Map<String, Long> csv(String csv) {
    Map<String, Long> counts = new TreeMap<>();
    Pattern cell = Pattern.compile("\"((?:[^\"]|\"\")*)\"");
    List<String> lines = csv.lines().toList();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = new ArrayList<>();
      Matcher found = cell.matcher(line);
      while (found.find()) {
        cells.add(found.group(1));
      }
      counts.put(cells.get(3), Long.valueOf(cells.get(5)));
      counts.put(cells.get(3) + "/" + cells.get(6), Long.valueOf(cells.get(8)));
    }
    return counts;
  }

  /**
   * No document but the answer (or text) itself holds its id or its words, and no such document
   * names a person. Of those who sent, rows under pseudonyms say that they did, and nothing else.
   */
  private static void nothingTies(
      Everything database, Everything.Answered answered, List<Respondent> people) {
    Set<String> names = new HashSet<>();
    people.forEach(person -> names.addAll(person.names));
    int read = 0;
    for (Map.Entry<String, List<BsonDocument>> collection : database.documents().entrySet()) {
      boolean own = Set.of("survey_answers", "survey_texts").contains(collection.getKey());
      for (BsonDocument document : collection.getValue()) {
        String json = document.toJson();
        read++;
        if (own) {
          String id = document.getString("_id").getValue();
          String text = document.containsKey("text") ? document.getString("text").getValue() : id;
          assertThat(names).noneMatch(json::contains);
          assertThat(answered.all().stream().filter(json::contains)).containsOnly(id, text);
        } else {
          assertThat(answered.all()).as(collection.getKey()).noneMatch(json::contains);
        }
      }
    }
    assertThat(read).isGreaterThan(4 * SENDING);
    for (BsonDocument row : database.of("survey_drafts")) {
      if (row.getString("st").getValue().equals("DONE")) {
        assertThat(row.keySet()).containsExactlyInAnyOrder("_id", "i", "s", "st", "v");
        assertThat(row.isNull("v")).isTrue();
      }
    }
  }

  private static void nothingIsLogged(Nodes nodes, String killed, Everything.Answered answered) {
    for (String log :
        List.of(killed, nodes.get(0).output(), nodes.get(VICTIM).output(), nodes.get(2).output())) {
      assertThat(log).isNotEmpty();
      assertThat(answered.all()).noneMatch(log::contains);
    }
  }

  /**
   * Of the live objects, buffers alone through which documents went to and from the database still
   * hold bytes of answers, until others overwrite them: each whole document there that holds a part
   * of an answer names neither a person nor a pseudonym. All else, texts above all, holds nothing
   * of an answer.
   */
  private void nothingIsAlive(
      Nodes nodes, Everything database, Everything.Answered answered, List<Respondent> people)
      throws IOException {
    Needles answers = new Needles(answered.all());
    List<String> named = new ArrayList<>();
    people.forEach(person -> named.addAll(person.names));
    final Needles names = new Needles(named);
    database.of("survey_drafts").forEach(row -> named.add(row.getString("_id").getValue()));
    assertThat(named).hasSizeGreaterThan(5 * SENDING);
    for (int i = 0; i < 3; i++) {
      Path file = folder.resolve("heap-" + i + ".hprof");
      List<String> found = new ArrayList<>();
      int[] persons = new int[1];
      int[] documents = new int[1];
      long arrays =
          HeapDump.read(
              nodes.get(i),
              file,
              array -> {
                persons[0] += names.in(array).size();
                Map<String, List<Integer>> held = answers.in(array);
                if (!held.isEmpty() && !isBuffer(array)) {
                  found.add(array.length + " bytes hold " + held.keySet());
                }
                for (int place : held.values().stream().flatMap(List::stream).toList()) {
                  for (String document : Buffered.around(array, place)) {
                    documents[0]++;
                    named.stream().filter(document::contains).forEach(found::add);
                  }
                }
              });
      Files.delete(file);
      // The search finds what is there: people are known to the nodes, their answers are not.
      assertThat(arrays).isGreaterThan(10_000);
      assertThat(persons[0]).isGreaterThan(SENDING);
      assertThat(found).as("node " + i).isEmpty();
      System.out.printf(
          "Node %d: %d arrays of bytes; parts of answers in %d documents in buffers.%n",
          i, arrays, documents[0]);
    }
  }

  /** The driver's buffers have a power of two of bytes, from 1 KiB on. */
  private static boolean isBuffer(byte[] array) {
    return array.length >= 1_024 && Integer.bitCount(array.length) == 1;
  }
}
