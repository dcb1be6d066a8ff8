package chat.plenary.lab.prove;

import chat.plenary.client.Conversation;
import chat.plenary.client.Directory;
import chat.plenary.client.Session;
import chat.plenary.lab.captions.Desk;
import chat.plenary.lab.captions.Judge;
import chat.plenary.lab.captions.Pusher;
import chat.plenary.lab.captions.Reader;
import chat.plenary.lab.captions.Speech;
import chat.plenary.lab.captions.Translator;
import chat.plenary.lab.checker.Verdict;
import chat.plenary.lab.fault.Faults;
import chat.plenary.lab.history.Event;
import chat.plenary.lab.history.HistoryWriter;
import chat.plenary.lab.workload.Recorder;
import chat.plenary.simulator.meeting.SimulatorOptions;
import chat.plenary.simulator.meeting.TencentMeetingSimulator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Captions under fire: a simulated Tencent Meeting holds a meeting, what is said there comes by
 * webhooks to nodes that are killed, and is read in three languages.
 */
final class CaptionProof {
  private static final List<String> LANGUAGES = List.of("es", "fr");
  private static final String PREFIX = "tencent/";
  private static final long PATIENCE_MINUTES = 60;
  private static final long TRANSLATED_SECONDS = 360;

  private final Options options;
  private final Scenario scenario;
  private final long seed;
  private final Consumer<String> say;
  private final Vertx vertx = Vertx.vertx();
  private final Verdict figures = new Verdict();
  private final List<Reader> readers = new ArrayList<>();

  private CaptionProof(Options options, Scenario scenario, long seed, Consumer<String> say) {
    this.options = options;
    this.scenario = scenario;
    this.seed = seed;
    this.say = say;
  }

  static List<Scenario> scenarios() {
    return List.of(
        new Scenario(
            "captions-brief",
            "2,000 captions come by webhooks to three nodes, one after another of which is killed.",
            Scenario.On.MEETING,
            false,
            CaptionProof::kill),
        new Scenario(
            "captions",
            "10,000 captions come by webhooks to three nodes, one after another of which is"
                + " killed.",
            Scenario.On.MEETING,
            false,
            CaptionProof::kill));
  }

  /** Repeated for as long as captions come. */
  private static void kill(Faults f) throws Exception {
    f.kill(f.any(), 300 + f.random().nextInt(1_500));
    f.rest(1_000, 4_000);
  }

  private int sentences() {
    return scenario.name().equals("captions") ? 10_000 : 2_000;
  }

  static Result run(Options options, Scenario scenario, long seed, Consumer<String> say)
      throws Exception {
    CaptionProof proof = new CaptionProof(options, scenario, seed, say);
    try {
      return proof.run();
    } finally {
      proof.vertx.close();
    }
  }

  private Result run() throws Exception {
    long began = System.nanoTime();
    SimulatorOptions service = service();
    TencentMeetingSimulator meetings = await(TencentMeetingSimulator.start(vertx, service));
    Translator translator = await(Translator.start(vertx));
    int port = Integer.parseInt(meetings.url().substring(meetings.url().lastIndexOf(':') + 1));
    Path folder =
        options.out().resolve(scenario.name() + "-" + seed + "-" + began).toAbsolutePath();
    List<String> problems = new ArrayList<>();
    try (Site site =
        Site.open(
            options.jar(), folder, near -> settings(service, near, port, translator.port()))) {
      Directory directory = site.owners().get(0).directory();
      List<String> members = people(directory);
      Session chair = signIn(site, members.get(0));
      Conversation group =
          chair
              .createGroup("g", "captions-" + seed, "Captions", members.subList(1, 4), true)
              .get(60, TimeUnit.SECONDS);
      Desk desk = new Desk(site.urls(), ticket(directory, members.get(0)));
      String meeting = meeting(desk, group.id());
      for (int i = 1; i < 4; i++) {
        String language = i == 1 ? "" : LANGUAGES.get(i - 2);
        readers.add(new Reader(signIn(site, members.get(i)), group.id(), language));
      }
      Speech speech = new Speech(sentences(), seed, System.currentTimeMillis());
      Pusher pusher =
          new Pusher(
              site.urls(),
              service.token(),
              service.encodingAesKey(),
              meetings.ids().get(0),
              speech.webhooks(),
              seed);
      if (!pusher.started()) {
        problems.add("The first webhook was not taken.");
      }
      say.accept("  " + speech.webhooks().size() + " webhooks");
      push(site, pusher, folder, problems);
      site.deployment().heal();
      double settle = settle();
      // Signed in anew: the first token may be over by now.
      Desk fresh = new Desk(site.urls(), ticket(directory, members.get(0)));
      judge(fresh, meeting, speech, pusher, problems);
      readers.forEach(reader -> reader.live().close());
      figures.figure("translated", translator.asked());
      boolean good = problems.isEmpty();
      problems.forEach(problem -> say.accept("  " + problem));
      say.accept((good ? "good: " : "BROKEN: ") + figures.figures());
      return new Result(
          scenario,
          seed,
          figures,
          problems,
          (System.nanoTime() - began) / 1e9,
          0,
          settle,
          good ? null : folder,
          null);
    }
  }

  private static SimulatorOptions service() {
    SimulatorOptions demo = SimulatorOptions.demo("0.0.0.0", 0, Clock.systemUTC());
    return new SimulatorOptions(
        demo.host(),
        0,
        "",
        demo.secretId(),
        demo.secretKey(),
        demo.appId(),
        demo.userid(),
        demo.token(),
        demo.encodingAesKey(),
        300,
        1_000,
        false,
        List.of(),
        demo.clock());
  }

  private static Map<String, String> settings(
      SimulatorOptions service, String near, int meetings, int translator) {
    Map<String, String> settings = new HashMap<>();
    settings.put("PLENARY_MEETINGS_TENCENT_APP_ID", service.appId());
    settings.put("PLENARY_MEETINGS_TENCENT_SECRET_ID", service.secretId());
    settings.put("PLENARY_MEETINGS_TENCENT_SECRET_KEY", service.secretKey());
    settings.put("PLENARY_MEETINGS_TENCENT_SDK_ID", "lab");
    settings.put("PLENARY_MEETINGS_TENCENT_ENCODING_AES_KEY", service.encodingAesKey());
    settings.put("PLENARY_MEETINGS_TENCENT_USERID", service.userid());
    settings.put("PLENARY_MEETINGS_TENCENT_TOKEN", service.token());
    settings.put("PLENARY_MEETINGS_TENCENT_URL", "http://" + near + ":" + meetings);
    settings.put("PLENARY_INTERPRETATION_LIBRE_TRANSLATE_URL", "http://" + near + ":" + translator);
    settings.put("PLENARY_INTERPRETATION_LIBRE_TRANSLATE_LANGUAGES", "en,es,fr");
    settings.put("PLENARY_INTERPRETATION_LIBRE_TRANSLATE_OUTSIDE", "false");
    return settings;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private List<String> people(Directory directory) throws Exception {
    List<Directory.NewMember> wanted = new ArrayList<>();
    for (String name : List.of("chair", "reader", "lectora", "lectrice")) {
      wanted.add(new Directory.NewMember(name, name, null, null));
    }
    List<String> ids = new ArrayList<>();
    for (Directory.Added added : directory.add(wanted).get(60, TimeUnit.SECONDS)) {
      ids.add(String.valueOf(added.id()));
    }
    return ids;
  }

  private static String ticket(Directory directory, String account) throws Exception {
    return directory.tickets(account, 1).get(60, TimeUnit.SECONDS).get(0);
  }

  private static Session signIn(Site site, String account) throws Exception {
    String ticket = ticket(site.owners().get(0).directory(), account);
    return site.client().signIn(ticket).get(60, TimeUnit.SECONDS);
  }

  private static String meeting(Desk desk, String group) throws Exception {
    String path = "/api/v1/conversations/" + group;
    JsonArray languages = new JsonArray().add("en").add("es").add("fr");
    desk.ask("PATCH", path, new JsonObject().put("ref", "l").put("languages", languages));
    JsonObject called =
        desk.ask(
            "POST",
            path + "/meetings",
            new JsonObject()
                .put("ref", "m")
                .put("zone", "UTC")
                .put("minutes", 600)
                .put("languages", languages)
                .put("provider", "tencent"));
    JsonObject meeting = called.getJsonObject("meeting");
    if (meeting.getString("problem") != null) {
      throw new IOException("The meeting was not made: " + meeting.getString("problem"));
    }
    return meeting.getString("id");
  }

  private void push(Site site, Pusher pusher, Path folder, List<String> problems) throws Exception {
    long began = System.nanoTime();
    long until = began + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
    long kills = 0;
    try (HistoryWriter writer = HistoryWriter.create(folder.resolve("faults.history"))) {
      Recorder recorder = new Recorder(writer);
      recorder.add(new Event.Start(scenario.name(), seed, scenario.what()));
      Faults faults =
          new Faults(
              site.deployment(),
              recorder,
              seed,
              what -> say.accept("  " + what + ", webhook " + pusher.begun()));
      pusher.begin();
      Thread.sleep(1_000);
      while (!pusher.done() && System.nanoTime() < until) {
        scenario.script().run(faults);
        kills++;
      }
    }
    if (!pusher.done()) {
      problems.add("Not all webhooks were taken in " + PATIENCE_MINUTES + " minutes.");
      pusher.stop();
    }
    figures.figure("kills", kills);
    figures.figure("operations", pusher.begun());
    figures.figure("again", pusher.repeated());
    figures.figure("ok", pusher.acknowledged().size());
    figures.figure("forged", pusher.forged());
    figures.figure("seconds", (System.nanoTime() - began) / 1_000_000_000L);
  }

  /** Waits until everybody is current, and a while longer for what is still under way. */
  private double settle() throws InterruptedException {
    long began = System.nanoTime();
    long until = began + TimeUnit.SECONDS.toNanos(90);
    while (System.nanoTime() < until
        && readers.stream().anyMatch(reader -> !reader.live().isCurrent())) {
      Thread.sleep(100);
    }
    double took = (System.nanoTime() - began) / 1e9;
    Thread.sleep(6_000);
    return took;
  }

  private void judge(Desk desk, String meeting, Speech speech, Pusher pusher, List<String> problems)
      throws Exception {
    Judge judge = new Judge(speech.sentences(), PREFIX);
    Map<String, Long> sent = prefixed(pusher.sent());
    Map<String, Long> acknowledged = prefixed(pusher.acknowledged());
    List<Judge.Line> original = desk.record(meeting, "");
    judge.record(original, acknowledged.keySet());
    judge.realTime(original, sent, acknowledged);
    judge.export(original, desk.cues(meeting, ""), "captions.vtt");
    figures.figure("captions", original.size());
    for (String language : LANGUAGES) {
      List<Judge.Line> lines = translated(desk, meeting, language);
      judge.translated(original, lines, language);
      judge.export(lines, desk.cues(meeting, language), "captions.vtt in " + language);
    }
    long shown = 0;
    for (Reader reader : readers) {
      Judge.Follower follower = reader.follower();
      judge.follower(follower, original);
      shown += follower.texts().size();
      if (!reader.language().isEmpty()) {
        figures.figure("told " + reader.language(), follower.told().size());
      }
    }
    figures.figure("shown", shown);
    if (pusher.forgedTaken() > 0) {
      problems.add(pusher.forgedTaken() + " forged webhooks were taken.");
    }
    problems.addAll(judge.problems());
  }

  /**
   * Read until each line has its text: what failed is made again when it is read a minute later.
   * Why it failed is told.
   */
  private List<Judge.Line> translated(Desk desk, String meeting, String language) throws Exception {
    long began = System.nanoTime();
    long until = began + TimeUnit.SECONDS.toNanos(TRANSLATED_SECONDS);
    List<Judge.Line> lines = desk.record(meeting, language);
    figures.figure("failed " + language, lines.stream().filter(l -> l.problem() != null).count());
    lines.stream()
        .filter(line -> line.problem() != null)
        .collect(Collectors.groupingBy(Judge.Line::problem, Collectors.counting()))
        .forEach((why, count) -> say.accept("  " + count + " in " + language + ": " + why));
    while (System.nanoTime() < until
        && lines.stream().anyMatch(line -> line.translation() == null)) {
      Thread.sleep(2_000);
      lines = desk.record(meeting, language);
    }
    figures.figure("seconds " + language, (System.nanoTime() - began) / 1_000_000_000L);
    return lines;
  }

  private static Map<String, Long> prefixed(Map<String, Long> times) {
    Map<String, Long> all = new HashMap<>();
    times.forEach((key, time) -> all.put(PREFIX + key, time));
    return all;
  }
}
