package chat.plenary.integrations.translation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An installed mode of Apertium: a pipeline of programs as one line for a shell.
 *
 * @param command the line, so that each program flushes after each text ({@code -z}) and unknown
 *     words are not marked
 */
record Mode(String command) {
  private static final Pattern MASK = Pattern.compile("⟦\\d{1,4}⟧");
  private static final int MAX_LINE = 64 * 1024;

  static Mode read(Path folder, String name) throws IOException {
    Path file = folder.resolve(name + ".mode");
    if (Files.size(file) > MAX_LINE) {
      throw new IOException("no mode of Apertium: " + file);
    }
    String line = Files.readString(file, StandardCharsets.UTF_8).strip();
    List<String> programs = new ArrayList<>();
    for (String program : line.replace("$1", "-n").replace("$2", "").split("\\|")) {
      String[] parts = program.strip().split("\\s+", 2);
      programs.add(parts[0] + " -z" + (parts.length > 1 ? " " + parts[1] : ""));
    }
    return new Mode(String.join(" | ", programs));
  }

  /**
   * A text as the pipeline is given it: with an end that a sentence does not run over. What
   * messages keep stands in it as ⟦1⟧; in brackets it is a blank to Apertium, which it leaves
   * alone.
   */
  static byte[] escaped(String text) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("[]{}^$/\\@<>".indexOf(c) >= 0) {
        all.append('\\');
      }
      all.append(c == 0 ? ' ' : c);
    }
    String masked = MASK.matcher(all).replaceAll("[$0]");
    return (masked + ".[]\0").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * What the pipeline gave back, without the end that was added. It leaves a blank at the beginning
   * where a pronoun was, which goes unless the text began with one.
   */
  static String unescaped(String answer, String asked) {
    String said = unescaped(answer);
    boolean blank = !asked.isEmpty() && Character.isWhitespace(asked.charAt(0));
    return blank ? said : said.stripLeading();
  }

  private static String unescaped(String answer) {
    String text = answer.endsWith(".[]") ? answer.substring(0, answer.length() - 3) : answer;
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        all.append(text.charAt(++i));
      } else if (c != '[' && c != ']') {
        all.append(c);
      }
    }
    return all.toString();
  }
}
