package chat.plenary.messaging.translation;

import chat.plenary.messaging.fault.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message taken apart: lines that are translated one by one, and all that stays as it is (code,
 * links, mentions, emoji, terms of the glossary, the marks of markdown).
 */
final class Text {
  /** Lines of one message that are translated, at the most. */
  static final int MAX_LINES = 200;

  private static final String CODE = "(`{1,3})(?!`)[^`\\n]{1,1000}\\2(?!`)";
  private static final String LINK =
      "<(?:https?|mailto|tel):[^\\s<>]++>"
          + "|\\]\\((?:[^()\\s]++|\\([^()\\s]*+\\))*+(?:\\s++\"[^\"\\n]*+\")?\\)"
          + "|!?\\[(?=[^\\[\\]\\n]{1,500}\\]\\()";
  private static final String URL =
      "(?:https?://|mailto:|tel:|www\\.)[^\\s<>\"]*[^\\s<>\".,;:!?)\\]}'»”。、]"
          + "|[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){1,5}";
  private static final String MENTION =
      "(?<![\\p{L}\\p{N}])@[\\p{L}\\p{N}_]+(?:[.-][\\p{L}\\p{N}_]+)*";
  private static final String EMOJI =
      "[\\x{1F000}-\\x{1FAFF}\\x{2600}-\\x{27BF}\\x{2B00}-\\x{2BFF}]"
          + "[\\x{FE0E}\\x{FE0F}\\x{200D}\\x{20E3}\\x{1F000}-\\x{1FAFF}\\x{2600}-\\x{27BF}\\x{E0020}-\\x{E007F}]*"
          + "|(?<![\\p{L}\\p{N}:]):[a-z][a-z0-9_+-]{1,30}:"
          + "|[⟦⟧]+";
  private static final String MARKS =
      "\\\\\\p{Punct}|\\*{1,3}|~~"
          + "|(?<![\\p{L}\\p{N}_])_{1,3}(?=\\S)|(?<=\\S)_{1,3}(?![\\p{L}\\p{N}_])";
  private static final Pattern FENCE = Pattern.compile("\\s{0,3}(`{3,}|~{3,}).*");
  private static final Pattern RULE =
      Pattern.compile("\\s{0,3}(?:(?:\\*\\s*+){3,}+|(?:-\\s*+){3,}+|(?:_\\s*+){3,}+)");
  private static final Pattern TABLE_RULE = Pattern.compile("[\\s|:-]*-[\\s|:-]*");
  private static final Pattern LEAD =
      Pattern.compile(
          "\\s*+(?:>\\s?+)*+\\s*+(?:#{1,6}\\s++|[-*+]\\s++(?:\\[[ xX]\\]\\s++)?|\\d{1,9}[.)]\\s++)?");
  private static final Pattern SPACE = Pattern.compile("\\s*+");

  /** What stands between lines, and the lines; in order. */
  private final List<Object> parts = new ArrayList<>();

  private final Pattern inline;
  private final Map<String, String> glossary = new HashMap<>();
  private final boolean markdown;
  private int lines;

  private Text(boolean markdown, Collection<String> names, Collection<Term> terms) {
    this.markdown = markdown;
    terms.forEach(term -> glossary.put(term.from().toLowerCase(Locale.ROOT), term.to()));
    String fixed = markdown ? LINK + "|" + MARKS : "(?!)";
    this.inline =
        Pattern.compile(
            "(?<kept>"
                + String.join("|", List.of(CODE, URL, names(names), MENTION, EMOJI))
                + ")|(?<term>"
                + terms(terms)
                + ")|(?<fixed>"
                + fixed
                + ")",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /**
   * Takes a message apart.
   *
   * @param names names of the accounts that it mentions
   * @param terms terms of the glossary from its language into the one that is wanted
   * @throws Fault where it has too many lines
   */
  static Text of(String text, boolean markdown, Collection<String> names, Collection<Term> terms) {
    Text taken = new Text(markdown, names, terms);
    taken.take(text);
    return taken;
  }

  /** The lines that have words, in order. */
  List<Line> lines() {
    return parts.stream().filter(Line.class::isInstance).map(Line.class::cast).toList();
  }

  /** What is said in it, without what is kept: what its language is found by. */
  String said() {
    StringBuilder all = new StringBuilder();
    lines().forEach(line -> all.append(line.said()).append('\n'));
    return all.toString().strip();
  }

  /** The message with its lines translated. */
  String with(List<String> translated) {
    List<String> left = new ArrayList<>(translated);
    StringBuilder all = new StringBuilder();
    for (Object part : parts) {
      all.append(part instanceof Line ? left.remove(0) : part);
    }
    return all.toString();
  }

  private void take(String text) {
    String fence = "";
    String[] all = text.split("\n", -1);
    for (int i = 0; i < all.length; i++) {
      if (i > 0) {
        parts.add("\n");
      }
      String line = all[i];
      Matcher opens = FENCE.matcher(line);
      if (!fence.isEmpty()) {
        parts.add(line);
        fence = line.strip().startsWith(fence) ? "" : fence;
      } else if (opens.matches()) {
        fence = opens.group(1);
        parts.add(line);
      } else if (markdown && (RULE.matcher(line).matches() || isTableRule(line))) {
        parts.add(line);
      } else if (markdown && line.strip().startsWith("|")) {
        row(line);
      } else {
        line(line);
      }
    }
  }

  private static boolean isTableRule(String line) {
    return line.indexOf('|') >= 0 && TABLE_RULE.matcher(line).matches();
  }

  private void row(String line) {
    int from = 0;
    for (int i = 0; i <= line.length(); i++) {
      boolean end = i == line.length();
      if (end || (line.charAt(i) == '|' && (i == 0 || line.charAt(i - 1) != '\\'))) {
        line(line.substring(from, i));
        if (!end) {
          parts.add("|");
        }
        from = i + 1;
      }
    }
  }

  private void line(String text) {
    String body = text.stripTrailing();
    Matcher leading = (markdown ? LEAD : SPACE).matcher(body);
    int start = leading.lookingAt() ? leading.end() : 0;
    Line line = new Line(body.substring(0, start), tokens(body.substring(start)));
    if (!line.hasWords()) {
      parts.add(text);
      return;
    }
    if (++lines > MAX_LINES) {
      throw Fault.of(
          Fault.Code.TOO_LARGE,
          "Messages of more than " + MAX_LINES + " lines are not translated.");
    }
    parts.add(line);
    parts.add(text.substring(body.length()));
  }

  /** What stands together and is kept becomes one token. */
  private List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = inline.matcher(text);
    int from = 0;
    while (matcher.find()) {
      if (matcher.end() == matcher.start()) {
        continue;
      }
      if (matcher.start() > from) {
        tokens.add(Token.said(text.substring(from, matcher.start())));
      }
      String found = matcher.group();
      boolean term = matcher.group("term") != null;
      String kept = term ? glossary.getOrDefault(found.toLowerCase(Locale.ROOT), found) : found;
      Token token = new Token(kept, true, matcher.group("fixed") != null);
      Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
      if (last != null && last.kept() && matcher.start() == from) {
        tokens.set(
            tokens.size() - 1, new Token(last.text() + kept, true, last.fixed() || token.fixed()));
      } else {
        tokens.add(token);
      }
      from = matcher.end();
    }
    if (from < text.length()) {
      tokens.add(Token.said(text.substring(from)));
    }
    return tokens;
  }

  private static String names(Collection<String> names) {
    String all =
        names.stream()
            .sorted(Comparator.comparing(String::length).reversed())
            .map(Pattern::quote)
            .reduce((one, other) -> one + "|" + other)
            .orElse("(?!)");
    return "@(?:" + all + ")(?![\\p{L}\\p{N}])";
  }

  /** Terms as words; in scripts without spaces wherever they stand. */
  private static String terms(Collection<Term> terms) {
    return terms.stream()
        .sorted(Comparator.comparing((Term term) -> term.from().length()).reversed())
        .map(
            term -> {
              String quoted = Pattern.quote(term.from());
              return Words.isSpaced(term.from())
                  ? "(?<![\\p{L}\\p{N}])" + quoted + "(?![\\p{L}\\p{N}])"
                  : quoted;
            })
        .reduce((one, other) -> one + "|" + other)
        .orElse("(?!)");
  }
}
