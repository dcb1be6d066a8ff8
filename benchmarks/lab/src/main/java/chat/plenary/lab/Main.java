package chat.plenary.lab;

import chat.plenary.lab.checker.Checker;
import chat.plenary.lab.checker.Verdict;
import chat.plenary.lab.history.HistoryReader;
import chat.plenary.lab.load.Load;
import chat.plenary.lab.prove.Prove;
import java.nio.file.Path;
import java.util.List;

/** The lab's command line. */
public final class Main {
  private static final String HELP =
      """
      prove [--long] [--minutes N] [--seed S] [--scenario A,B] [--rate N] [--jar NODE.jar] [--out DIR] [--list]
          breaks a server while people chat, and judges what they saw
      check HISTORY
          judges a history that was kept
      dump HISTORY [TEXT]
          prints its events, or those in which a text stands
      load [--scenario A,B] [--server A,B] [--seconds N] ...
          measures servers under load, side by side; load --help tells more
      """;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    int status =
        switch (words.isEmpty() ? "help" : words.get(0)) {
          case "prove" -> Prove.run(rest);
          case "check" -> check(rest);
          case "dump" -> dump(rest);
          case "load" -> Load.run(rest);
          case "floor" -> Load.floor(rest);
          default -> help();
        };
    System.exit(status);
  }

  private static int help() {
    System.out.print(HELP);
    return 2;
  }

  private static int dump(List<String> arguments) throws Exception {
    if (arguments.isEmpty()) {
      return help();
    }
    String wanted = arguments.size() > 1 ? arguments.get(1) : "";
    HistoryReader.read(
        Path.of(arguments.get(0)),
        event -> {
          String line = event.toString();
          if (line.contains(wanted)) {
            System.out.println(line);
          }
        });
    return 0;
  }

  private static int check(List<String> arguments) throws Exception {
    if (arguments.size() != 1) {
      return help();
    }
    long began = System.nanoTime();
    Verdict verdict = Checker.check(Path.of(arguments.get(0)));
    System.out.println(verdict.figures());
    verdict
        .counts()
        .forEach(
            (rule, count) -> System.out.println(count + " x " + rule + ": " + rule.sentence()));
    verdict.violations().forEach(one -> System.out.println(one.rule() + ": " + one.words()));
    System.out.printf(
        "%s, judged in %.1f s%n",
        verdict.good() ? "Every rule was kept" : "Rules were broken",
        (System.nanoTime() - began) / 1e9);
    return verdict.good() ? 0 : 1;
  }
}
