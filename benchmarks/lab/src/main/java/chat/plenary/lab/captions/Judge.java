package chat.plenary.lab.captions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what was said with what is read. What is wrong is told in words. */
public final class Judge {
  private static final int KEPT = 10;

  private final Map<String, Speech.Sentence> said = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * A line of the record.
   *
   * @param text null where it was recalled
   * @param translation null where there is none
   * @param problem why there is none; null where it is not said
   */
  public record Line(
      long seq,
      String key,
      @Nullable String text,
      @Nullable String translation,
      @Nullable String problem) {}

  /** A cue of an export. */
  public record Cue(String key, String text) {}

  /** A caption as somebody who follows knows it. */
  public record Shown(long seq, String key, String text) {}

  /** A translation as it was told live, of the body that stands in entry {@code of}. */
  public record Told(long seq, long of, String language, @Nullable String text) {}

  /**
   * Somebody who followed.
   *
   * @param texts what captions and their corrections said, by entry
   * @param problems what was wrong already while following
   */
  public record Follower(
      String name,
      List<Shown> shown,
      Map<Long, String> texts,
      List<Told> told,
      List<String> problems) {}

  /**
   * Judges by what was said.
   *
   * @param prefix of keys here before those of the service
   */
  public Judge(List<Speech.Sentence> sentences, String prefix) {
    sentences.forEach(one -> said.put(prefix + one.key(), one));
  }

  /** What is wrong, the first cases of each kind in words. */
  public List<String> problems() {
    List<String> all = new ArrayList<>(problems);
    counts.forEach(
        (rule, count) -> {
          if (count > KEPT) {
            all.add(rule + ": " + count + " times in all");
          }
        });
    return all;
  }

  private void broken(String rule, String words) {
    if (counts.merge(rule, 1, Integer::sum) <= KEPT) {
      problems.add(rule + ": " + words);
    }
  }

  /** The record as it was said: each sentence once, in order, with its newest correction. */
  public void record(List<Line> lines, Set<String> acknowledged) {
    Set<String> seen = new HashSet<>();
    long last = 0;
    for (Line line : lines) {
      if (line.seq() <= last) {
        broken("ORDER", line.key() + " stands at " + line.seq() + " behind " + last);
      }
      last = line.seq();
      if (!seen.add(line.key())) {
        broken("TWICE", line.key() + " stands again at " + line.seq());
      }
      Speech.Sentence sentence = said.get(line.key());
      if (sentence == null) {
        broken("NEVER_SAID", line.key() + ": " + line.text());
      } else if (!sentence.newest().text().equals(line.text())) {
        boolean older = sentence.versions().stream().anyMatch(v -> v.text().equals(line.text()));
        broken(older ? "OLD" : "NEVER_SAID", line.key() + ": " + line.text());
      }
    }
    acknowledged.stream()
        .filter(key -> !seen.contains(key))
        .forEach(key -> broken("MISSING", key + " was acknowledged"));
  }

  /** What was acknowledged before another was first sent stands before it. */
  public void realTime(List<Line> lines, Map<String, Long> sent, Map<String, Long> acknowledged) {
    long latest = Long.MIN_VALUE;
    String of = "";
    for (Line line : lines) {
      long taken = acknowledged.getOrDefault(line.key(), Long.MAX_VALUE);
      if (taken < latest) {
        broken("REAL_TIME", line.key() + " stands behind " + of + ", which was sent later");
      }
      long begun = sent.getOrDefault(line.key(), Long.MIN_VALUE);
      if (begun > latest) {
        latest = begun;
        of = line.key();
      }
    }
  }

  /** The record in a language: the same lines, each with the text of its newest version. */
  public void translated(List<Line> original, List<Line> lines, String language) {
    sameLines(original, lines, language);
    for (Line line : lines) {
      Speech.Sentence sentence = said.get(line.key());
      if (sentence == null) {
        continue;
      }
      if (line.translation() == null) {
        String why = line.problem() == null ? "no problem either" : line.problem();
        broken("NO_TEXT", line.key() + " has no text in " + language + ": " + why);
      } else if (!line.translation().equals(wanted(sentence.newest(), language))) {
        broken("OTHER_TEXT", line.key() + " in " + language + ": " + line.translation());
      }
    }
  }

  private void sameLines(List<Line> original, List<Line> lines, String language) {
    List<Long> one = original.stream().map(Line::seq).toList();
    if (!one.equals(lines.stream().map(Line::seq).toList())) {
      broken("OTHER_LINES", "the record in " + language + " has other lines");
    }
  }

  private static String wanted(Speech.Version version, String language) {
    String own = version.translations().get(language);
    return own == null ? Speech.translated(version.text(), language) : own;
  }

  /** An export has a cue for each line, in the same order and with the same words. */
  public void export(List<Line> lines, List<Cue> cues, String name) {
    List<Cue> wanted =
        lines.stream()
            .map(
                line ->
                    new Cue(
                        line.key(),
                        String.valueOf(
                            line.translation() == null ? line.text() : line.translation())))
            .toList();
    if (!wanted.equals(cues)) {
      int at = 0;
      while (at < Math.min(wanted.size(), cues.size()) && wanted.get(at).equals(cues.get(at))) {
        at++;
      }
      broken(
          "EXPORT",
          "%s has %d cues for %d captions; from cue %d on they differ"
              .formatted(name, cues.size(), wanted.size(), at + 1));
    }
  }

  /** Who followed live knows what the record says, and was told translations of what was said. */
  public void follower(Follower follower, List<Line> original) {
    follower.problems().forEach(words -> broken("FOLLOWER", follower.name() + " " + words));
    List<Shown> wanted =
        original.stream()
            .map(line -> new Shown(line.seq(), line.key(), String.valueOf(line.text())))
            .toList();
    if (!wanted.equals(follower.shown())) {
      broken(
          "FOLLOWER",
          follower.name()
              + " knows "
              + follower.shown().size()
              + " captions of "
              + wanted.size()
              + ", or other words");
    }
    for (Told told : follower.told()) {
      String text = follower.texts().get(told.of());
      if (told.text() != null
          && text != null
          && !told.text().equals(Speech.translated(text, told.language()))) {
        broken("TOLD", follower.name() + " was told of entry " + told.of() + ": " + told.text());
      }
    }
  }
}
