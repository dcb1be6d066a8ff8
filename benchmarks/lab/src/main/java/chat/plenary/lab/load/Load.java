package chat.plenary.lab.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The load generator's command line: starts each server, measures it, and ends it. */
public final class Load {
  private static final String HELP =
      """
      load [OPTIONS]
        --list                what there is to measure
        --scenario A,B        all but the largest group and the curves, unless given
        --server A,B          floor-gathered, floor-each, plenary, ejabberd, prosody, plenary-tls,
                              plenary-three; all but the last two, unless given; what is not
                              installed is left out, and said
        --seconds N           that count, of each phase (8)
        --warm N              that do not count, before (4)
        --connections N       of the scenarios storm and idle (2000)
        --window N            messages of a sender that may be on the way (32)
        --offered N           sends a second, instead of each scenario's own
        --max-lag MS          how far the generator may be behind, at p99 (50)
        --heap SIZE           of each Java server (1g)
        --jar NODE.jar        the node; where ./plenary builds it, unless given
        --out DIR             for report.txt and report.html (target/load)
        --store-classpath C   of the program that writes to the embedded store by itself, for
                              the scenario accepted; benchmarks/load gives it
      """;

  private final Settings settings;
  private final Report report;
  private @Nullable Certificate certificate;

  private Load(Settings settings) {
    this.settings = settings;
    this.report = new Report(settings);
  }

  /** Runs scenarios; the exit status: 0 where all counts that was measured. */
  public static int run(List<String> arguments) throws Exception {
    if (arguments.contains("--help")) {
      System.out.print(HELP);
      return 0;
    }
    Settings settings;
    try {
      settings = Settings.of(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(HELP);
      return 2;
    }
    if (settings.list()) {
      Scenario.all().forEach(one -> System.out.println(one.name() + ": " + one.what()));
      return 0;
    }
    return new Load(settings).run();
  }

  /** Serves as the floor, for a generator that started this process. */
  public static int floor(List<String> arguments) throws InterruptedException {
    Floor.serve(arguments.contains("gathered"));
    return 0;
  }

  private int run() throws Exception {
    Files.createDirectories(settings.out());
    if (settings.servers().contains(Settings.TLS)) {
      // Before anything is made that asks whom this process trusts.
      SSLContext.setDefault(certificate().trusting());
    }
    for (Scenario scenario : Scenario.all()) {
      if (settings.scenarios().contains(scenario.name())) {
        report.scenario(scenario);
        for (String server : settings.servers()) {
          if (scenario.isForAll() || server.startsWith("plenary")) {
            measure(scenario, server);
          }
        }
      }
    }
    System.out.println("Report: " + report.write());
    return report.isGood() ? 0 : 1;
  }

  private void measure(Scenario scenario, String server) throws IOException {
    Path folder = Files.createTempDirectory(settings.out().toAbsolutePath(), "server");
    try (Target target = start(server, folder)) {
      // Also where this process is told to end.
      Thread ending = new Thread(() -> end(target));
      Runtime.getRuntime().addShutdownHook(ending);
      report.server(target);
      try {
        scenario.run(target, settings, report::add);
      } catch (Exception e) {
        report.add(Row.failed(scenario.name(), target.name(), e.toString()));
      }
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (NotInstalled e) {
      report.add(Row.leftOut(scenario.name(), server, e.what()));
    } catch (Exception e) {
      report.add(Row.failed(scenario.name(), server, e.toString()));
    }
    remove(folder);
  }

  private Certificate certificate() throws Exception {
    Certificate made = certificate;
    if (made == null) {
      Path folder = Files.createTempDirectory(settings.out().toAbsolutePath(), "tls");
      made = Certificate.make(folder);
      certificate = made;
      Runtime.getRuntime().addShutdownHook(new Thread(() -> forget(folder)));
    }
    return made;
  }

  private static void forget(Path folder) {
    try {
      remove(folder);
    } catch (IOException e) {
      System.err.println(e);
    }
  }

  private Target start(String server, Path folder) throws Exception {
    return switch (server) {
      case "plenary" ->
          PlenaryTarget.of(PlenaryNodes.alone(settings.jar(), folder, settings.heap(), null));
      case Settings.TLS ->
          PlenaryTarget.of(
              PlenaryNodes.alone(settings.jar(), folder, settings.heap(), certificate()));
      case Settings.THREE ->
          PlenaryTarget.of(PlenaryNodes.three(settings.jar(), folder, settings.heap()));
      case "floor-gathered" -> FloorTarget.start(true, folder, settings.heap());
      case "floor-each" -> FloorTarget.start(false, folder, settings.heap());
      case "ejabberd" -> Ejabberd.start(folder);
      case "prosody" -> Prosody.start(folder);
      default -> throw new IllegalArgumentException(server);
    };
  }

  private static void end(Target target) {
    try {
      target.close();
    } catch (IOException e) {
      System.err.println(e);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
