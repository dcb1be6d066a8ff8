package chat.plenary.messaging.search;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The pieces of a folded text by which it can be told where a word is not: the beginnings of words,
 * and single characters and pairs of the scripts that are written without spaces. Whatever a query
 * matches has all pieces of the query.
 */
final class Grams {
  /** Characters of the beginnings of words. */
  private static final int[] BEGINNINGS = {1, 2, 3, 4, 6, 8, 12};

  private static final int LONGEST = BEGINNINGS[BEGINNINGS.length - 1];

  private Grams() {}

  /** Gives each piece at least once. */
  static void of(String text, Consumer<String> each) {
    int before = 0;
    int begun = 0;
    int inWord = 0;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      final int next = at + Character.charCount(c);
      boolean unspaced = Scripts.isUnspaced(c);
      if (unspaced) {
        each.accept(text.substring(at, next));
        if (before > 0) {
          each.accept(text.substring(at - before, next));
        }
      }
      before = unspaced ? next - at : 0;
      if (!unspaced && Scripts.isWord(c)) {
        if (inWord == 0) {
          begun = at;
        }
        inWord++;
        if (inWord <= LONGEST && Arrays.binarySearch(BEGINNINGS, inWord) >= 0) {
          each.accept("^" + text.substring(begun, next));
        }
      } else {
        inWord = 0;
      }
      at = next;
    }
  }
}
