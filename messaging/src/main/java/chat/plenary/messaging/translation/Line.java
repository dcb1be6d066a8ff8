package chat.plenary.messaging.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line to translate, or a cell of a table. What is kept is given to the engine as {@code ⟦1⟧},
 * {@code ⟦2⟧} and so on, which engines were seen to leave alone; what came back is believed only
 * where each stands in it once.
 *
 * @param lead what stands before it and is kept, such as the mark of a list
 * @param tokens its pieces
 */
record Line(String lead, List<Token> tokens) {
  private static final Pattern MASK = Pattern.compile("⟦\\s?(\\d{1,4})\\s?⟧");

  Line {
    tokens = List.copyOf(tokens);
  }

  boolean hasWords() {
    return tokens.stream().anyMatch(Token::hasWords);
  }

  /** The whole line as it stands. */
  String plain() {
    StringBuilder all = new StringBuilder(lead);
    tokens.forEach(token -> all.append(token.text()));
    return all.toString();
  }

  /** What is said in it, without what is kept. */
  String said() {
    StringBuilder all = new StringBuilder();
    tokens.stream().filter(token -> !token.kept()).forEach(token -> all.append(token.text()));
    return all.toString();
  }

  /** What the engine is given. */
  String masked() {
    StringBuilder all = new StringBuilder();
    int number = 0;
    for (Token token : tokens) {
      all.append(token.kept() ? "⟦" + ++number + "⟧" : token.text());
    }
    return all.toString();
  }

  /** The line with what the engine made of it; null where a mask was lost, doubled or displaced. */
  @Nullable String unmasked(String answer) {
    List<Token> kept = tokens.stream().filter(Token::kept).toList();
    boolean[] seen = new boolean[kept.size()];
    int fixed = -1;
    StringBuilder all = new StringBuilder(lead);
    Matcher masks = MASK.matcher(answer);
    int from = 0;
    while (masks.find()) {
      int number = Integer.parseInt(masks.group(1)) - 1;
      if (number < 0 || number >= seen.length || seen[number]) {
        return null;
      }
      if (kept.get(number).fixed()) {
        if (number < fixed) {
          return null;
        }
        fixed = number;
      }
      seen[number] = true;
      all.append(answer, from, masks.start()).append(kept.get(number).text());
      from = masks.end();
    }
    for (boolean one : seen) {
      if (!one) {
        return null;
      }
    }
    String rest = all.append(answer, from, answer.length()).toString();
    return rest.indexOf('⟦', lead.length()) >= 0 && !plain().contains("⟦") ? null : rest;
  }

  /** Where the masks do not survive: the pieces between them, each to be translated by itself. */
  List<String> between() {
    return tokens.stream().filter(Token::hasWords).map(token -> token.text().strip()).toList();
  }

  /** The line with the pieces of {@link #between} translated. */
  String joined(List<String> translated) {
    List<String> left = new ArrayList<>(translated);
    StringBuilder all = new StringBuilder(lead);
    for (Token token : tokens) {
      if (!token.hasWords()) {
        all.append(token.text());
        continue;
      }
      String text = token.text();
      String stripped = text.strip();
      int start = text.indexOf(stripped);
      all.append(text, 0, start)
          .append(left.remove(0))
          .append(text, start + stripped.length(), text.length());
    }
    return all.toString();
  }
}
