package chat.plenary.node;

import chat.plenary.node.configuration.ConfigurationException;
import chat.plenary.node.configuration.Reference;
import chat.plenary.node.configuration.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The command {@code plenary}: finds out what is wanted and ends the process with its result. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(Arrays.asList(arguments), System.getenv()));
  }

  /** Carries out a command; what went wrong is told in one paragraph. */
  static int run(List<String> arguments, Map<String, String> environment) {
    try {
      return run(CommandLine.of(arguments, environment), environment);
    } catch (ConfigurationException e) {
      System.err.println("plenary: The configuration is wrong:");
      e.problems().forEach(problem -> System.err.println("  " + problem));
      System.err.println("./plenary help tells all options; docs/configuration.md all settings.");
      return Failure.USAGE;
    } catch (Failure e) {
      System.err.println("plenary: " + e.getMessage());
      return e.code();
    }
  }

  private static int run(CommandLine line, Map<String, String> environment) {
    return switch (line.command()) {
      case "start" -> {
        none(line);
        yield new Start(read(line, environment).configuration()).run();
      }
      case "check-config" -> {
        none(line);
        yield check(read(line, environment));
      }
      case "backup", "restore" -> BackupCommand.of(line, environment).run();
      case "dev-cluster" -> DevCluster.of(line, environment).run();
      case "simulate" -> Simulate.of(line).run();
      case ThrowAwayStore.COMMAND -> ThrowAwayStore.run(line.words());
      case "help" -> help();
      default ->
          throw Failure.usage(
              "There is no command '" + line.command() + "'. ./plenary help tells what there is.");
    };
  }

  private static Settings.Read read(CommandLine line, Map<String, String> environment) {
    return Settings.read(line.file(), environment, line.options());
  }

  private static void none(CommandLine line) {
    if (!line.words().isEmpty()) {
      throw Failure.usage(
          "'" + line.words().get(0) + "' is not understood: options begin with two dashes.");
    }
  }

  private static int check(Settings.Read read) {
    int longest = read.lines().stream().mapToInt(one -> one.key().length()).max().orElse(0);
    for (Settings.Line one : read.lines()) {
      String padding = " ".repeat(longest - one.key().length());
      String value = one.value().isEmpty() ? "(nothing)" : one.value();
      System.out.println(one.key() + padding + "  " + value + "  (" + one.where() + ")");
    }
    TlsFiles.check(read.configuration().tls());
    System.out.println("The configuration is good.");
    return 0;
  }

  private static int help() {
    System.out.print(
        """
        Plenary, an enterprise chat server.

          ./plenary start [OPTIONS]           runs a node; Ctrl-C stops it
          ./plenary start --demo              the same, with an organisation for trying things out
          ./plenary backup TARGET [OPTIONS]   copies what a node keeps in its data folder, also while it runs;
                                              [--max-rate SIZE] a second at the most
          ./plenary restore BACKUP [OPTIONS]  makes a data folder of such a copy
          ./plenary dev-cluster N [OPTIONS]   runs N nodes (1 to 9) on this machine, for developers
          ./plenary prove [OPTIONS]           breaks nodes while people chat, and judges what they saw
          ./plenary simulate tencent-meeting  plays a meeting service, to set Plenary up against:
                                              [--port 8090] [--host] [--public-url] [--webhook URL]
          ./plenary check-config [OPTIONS]    shows what holds and where it was given
          ./plenary help                      shows this

        Options (defaults in brackets; docs/configuration.md has all that there is to say):

          --config FILE                      Settings as YAML or JSON
        """);
    System.out.print(Reference.options());
    System.out.print(
        """

        Variables: each option has one (--cluster-port: PLENARY_CLUSTER_PORT). MONGODB_URI names the store,
        JAVA_HOME the JDK, PLENARY_JAVA_OPTIONS options of the Java machine, PLENARY_MAVEN the mvn that builds.
        """);
    return 0;
  }
}
