package chat.plenary.lab.prove;

import chat.plenary.client.Session;
import chat.plenary.lab.checker.Checker;
import chat.plenary.lab.checker.Verdict;
import chat.plenary.lab.fault.Faults;
import chat.plenary.lab.fault.Shim;
import chat.plenary.lab.fault.StoreServer;
import chat.plenary.lab.history.Event;
import chat.plenary.lab.history.HistoryWriter;
import chat.plenary.lab.workload.Recorder;
import chat.plenary.lab.workload.Workload;
import chat.plenary.lab.workload.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs scenarios one after another, and tells what came of them. */
public final class Prove {
  // In each organisation.
  private static final int PEOPLE = 8;
  private static final int GROUPS = 3;
  private static final int SETTLE_SECONDS = 60;

  private final Options options;
  private final @Nullable Path shim;
  private final List<Result> results = new ArrayList<>();
  private @Nullable Site site;
  private Scenario.@Nullable On siteOn;
  private int sites;

  private Prove(Options options, @Nullable Path shim) {
    this.options = options;
    this.shim = shim;
  }

  /** Runs the command; the exit status. */
  public static int run(List<String> arguments) throws Exception {
    Options options;
    try {
      options = Options.of(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    if (options.list()) {
      Scenario.all().forEach(one -> System.out.printf("%-18s %s%n", one.name(), one.what()));
      return 0;
    }
    if (!Files.isRegularFile(options.jar())) {
      System.err.println("There is no node to try: build it with ./plenary help, or give --jar.");
      return 2;
    }
    Files.createDirectories(options.out());
    Prove prove = new Prove(options, Shim.build(options.out()));
    try {
      prove.rounds();
    } finally {
      prove.end();
    }
    Path page = Report.write(options, prove.results);
    System.out.println("\n" + Report.text(options, prove.results));
    System.out.println("Report: " + page);
    return prove.results.stream().allMatch(Result::good) ? 0 : 1;
  }

  private List<Scenario> chosen() {
    List<Scenario> chosen = new ArrayList<>();
    for (Scenario scenario : Scenario.all()) {
      boolean named = options.names().contains(scenario.name());
      if (named || (options.names().isEmpty() && (options.all() || scenario.brief()))) {
        chosen.add(scenario);
      }
    }
    if (!options.names().isEmpty() && chosen.size() < options.names().size()) {
      throw new IllegalArgumentException("Not every one of these exists: " + options.names());
    }
    return chosen;
  }

  /**
   * Rounds of what was chosen. The report is written after each scenario: a run that is broken off
   * has one.
   */
  private void rounds() throws InterruptedException, IOException {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(options.minutes());
    long seed = options.seed();
    List<Scenario> chosen = chosen();
    do {
      for (Scenario scenario : chosen) {
        results.add(one(scenario, seed++, results.size() + 1));
        Report.write(options, results);
        if (options.minutes() > 0 && System.nanoTime() > until) {
          return;
        }
      }
    } while (options.minutes() > 0);
  }

  private @Nullable String lacks(Scenario.On on) {
    boolean store = StoreServer.scripts() != null;
    return switch (on) {
      case EMBEDDED -> null;
      case EMBEDDED_SHIM -> shim == null ? "there is no C compiler" : null;
      case CLUSTER, CLUSTER_NETWORK, PAIR, MEETING ->
          store ? null : "there is no store server (" + StoreServer.VARIABLE + ")";
      case CLUSTER_SHIM ->
          !store || shim == null ? "there is no store server, or no C compiler" : null;
    };
  }

  private Result one(Scenario scenario, long seed, int number) throws InterruptedException {
    String lacking = lacks(scenario.on());
    if (lacking != null) {
      say(scenario, "left out: " + lacking);
      return new Result(scenario, seed, null, List.of(), 0, 0, 0, null, lacking);
    }
    long began = System.nanoTime();
    Path history = options.out().resolve(scenario.name() + "-" + seed + ".history");
    say(scenario, "begins (seed " + seed + "): " + scenario.what());
    try {
      if (scenario.on() == Scenario.On.MEETING) {
        end();
        return CaptionProof.run(options, scenario, seed, what -> say(scenario, what));
      }
      Site on = site(scenario.on());
      if (scenario.on() == Scenario.On.CLUSTER_NETWORK && !on.deployment().hasNetwork()) {
        return new Result(
            scenario,
            seed,
            null,
            List.of(),
            0,
            0,
            0,
            null,
            "network namespaces are not allowed here");
      }
      return on(on, scenario, seed, history, began, number);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      say(scenario, "failed: " + e);
      end();
      return new Result(
          scenario, seed, null, List.of("The run failed: " + e), since(began), 0, 0, history, null);
    }
  }

  private Result on(Site on, Scenario scenario, long seed, Path history, long began, int number)
      throws Exception {
    List<String> problems = new ArrayList<>();
    double pause;
    double settle;
    try (HistoryWriter writer = HistoryWriter.create(history)) {
      Recorder recorder = new Recorder(writer);
      recorder.add(new Event.Start(scenario.name(), seed, scenario.what()));
      String tag = "r" + number + "x" + Math.floorMod(seed, 100_000);
      List<World> worlds = new ArrayList<>();
      for (Session owner : on.owners()) {
        worlds.add(World.make(on.client(), recorder, on.urls(), owner, PEOPLE, GROUPS, tag));
      }
      try (Workload workload = new Workload(recorder, worlds, seed)) {
        workload.begin(options.rate());
        Thread.sleep(3_000);
        recorder.resetPause();
        Faults faults =
            new Faults(on.deployment(), recorder, seed, what -> say(scenario, "  " + what));
        scenario.script().run(faults);
        pause = recorder.longestPause() / 1e9;
        on.deployment().heal();
        settle = workload.settle(SETTLE_SECONDS);
        workload.audit();
        problems.addAll(workload.problems());
      }
    }
    Verdict verdict = Checker.check(history);
    boolean good = verdict.good() && problems.isEmpty();
    verdict.violations().forEach(one -> say(scenario, "  " + one.rule() + ": " + one.words()));
    problems.forEach(problem -> say(scenario, "  " + problem));
    say(
        scenario,
        "%s: %s, longest pause %.1f s, settled in %.1f s"
            .formatted(good ? "good" : "BROKEN", verdict.figures(), pause, settle));
    if (good) {
      Files.delete(history);
    }
    if (scenario.on() == Scenario.On.PAIR) {
      end();
    }
    return new Result(
        scenario,
        seed,
        verdict,
        problems,
        since(began),
        pause,
        settle,
        good ? null : history,
        null);
  }

  private static double since(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  /** The server that there is, where it fits and is well; else a new one. */
  private Site site(Scenario.On on) throws Exception {
    Scenario.On kind =
        switch (on) {
          case EMBEDDED, EMBEDDED_SHIM -> Scenario.On.EMBEDDED;
          case CLUSTER, CLUSTER_SHIM, CLUSTER_NETWORK -> Scenario.On.CLUSTER;
          case PAIR, MEETING -> Scenario.On.PAIR;
        };
    Site there = site;
    if (there != null && siteOn == kind) {
      return there;
    }
    end();
    Path folder = options.out().resolve("site" + ++sites).toAbsolutePath();
    remove(folder);
    there = Site.open(on, options.jar(), folder, shim);
    site = there;
    siteOn = kind;
    return there;
  }

  private void end() {
    Site there = site;
    site = null;
    if (there != null) {
      try {
        there.close();
      } catch (IOException e) {
        System.err.println("The server could not be ended in good order: " + e);
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void say(Scenario scenario, String words) {
    System.out.printf("%tT %-18s %s%n", System.currentTimeMillis(), scenario.name(), words);
  }
}
