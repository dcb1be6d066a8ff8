package chat.plenary.lab.captions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What is said in a meeting, all of it by a seed: sentences that grow and are corrected, and the
 * webhooks in which a meeting service tells of them, twice, late and in another order.
 */
public final class Speech {
  private static final String[] WORDS = {
    "we", "open", "this", "meeting", "with", "great", "thanks", "for", "your", "patience", "members",
    "agree", "that", "water", "education", "health", "and", "peace", "need", "more", "resources"
  };
  private static final int MOST_TOGETHER = 4;

  private final List<Sentence> sentences = new ArrayList<>();
  private final List<List<Version>> webhooks = new ArrayList<>();

  /**
   * A sentence as it stands at one time.
   *
   * @param at when it was spoken so, in milliseconds since 1970; a later version's is later
   * @param translations those that come with it, by language
   */
  public record Version(
      String key, int number, long at, String text, Map<String, String> translations) {}

  /** A sentence with all that it ever was, oldest first. */
  public record Sentence(String key, List<Version> versions) {
    /** What it came to in the end. */
    public Version newest() {
      return versions.get(versions.size() - 1);
    }
  }

  private record Told(long position, Version version) {}

  /**
   * Makes a speech.
   *
   * @param count of sentences
   * @param now in milliseconds since 1970; it ended just then
   */
  public Speech(int count, long seed, long now) {
    Random random = new Random(seed);
    List<Told> told = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Sentence sentence = sentence(i, now - (count - i) * 100L, random);
      sentences.add(sentence);
      for (Version version : sentence.versions()) {
        long position = i * 10L + version.number() * 7L + random.nextInt(60);
        if (random.nextInt(10) == 0) {
          position += 200 + random.nextInt(2_000);
        }
        told.add(new Told(position, version));
        if (random.nextInt(7) == 0) {
          told.add(new Told(position + random.nextInt(3_000), version));
        }
      }
    }
    told.sort(Comparator.comparingLong(Told::position));
    int from = 0;
    while (from < told.size()) {
      int to = Math.min(told.size(), from + 1 + random.nextInt(MOST_TOGETHER));
      webhooks.add(told.subList(from, to).stream().map(Told::version).toList());
      from = to;
    }
  }

  /** Of three, one comes with both translations, one with one of them, and one with none. */
  private static Sentence sentence(int number, long began, Random random) {
    String key = "s" + number;
    int length = 6 + random.nextInt(6);
    List<String> words = new ArrayList<>(List.of("Point", number + ":"));
    while (words.size() < length) {
      words.add(WORDS[random.nextInt(WORDS.length)]);
    }
    List<String> texts = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      texts.add(String.join(" ", words.subList(0, 4)));
    }
    if (random.nextInt(2) == 0) {
      texts.add(String.join(" ", words.subList(0, 5)));
    }
    texts.add(String.join(" ", words) + ".");
    if (random.nextInt(5) == 0) {
      texts.add(String.join(" ", words) + ", corrected.");
    }
    List<Version> versions = new ArrayList<>();
    for (String text : texts) {
      Map<String, String> translations =
          switch (number % 3) {
            case 0 -> Map.of("es", "(es) " + text, "fr", "(fr) " + text);
            case 1 -> Map.of("es", "(es) " + text);
            default -> Map.of();
          };
      int version = versions.size();
      versions.add(new Version(key, version, began + version * 10L, text, translations));
    }
    return new Sentence(key, List.copyOf(versions));
  }

  /** In the order in which they were begun. */
  public List<Sentence> sentences() {
    return sentences;
  }

  /** In the order in which they are sent, each with up to four versions of sentences. */
  public List<List<Version>> webhooks() {
    return webhooks;
  }

  /** What the lab's translator makes of a text. */
  public static String translated(String text, String language) {
    return "[" + language + "] " + text;
  }
}
