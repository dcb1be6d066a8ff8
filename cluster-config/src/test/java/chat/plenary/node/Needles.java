package chat.plenary.node;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds texts of ASCII among bytes, however many there are. */
final class Needles {
  private final Map<Integer, List<byte[]>> byBeginning = new HashMap<>();
  private final boolean[] begins = new boolean[1 << 16];

  Needles(List<String> texts) {
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      int begin = begin(bytes, 0);
      begins[begin] = true;
      byBeginning.computeIfAbsent(begin, key -> new ArrayList<>()).add(bytes);
    }
  }

  /** The texts that are there, and where. */
  Map<String, List<Integer>> in(byte[] array) {
    Map<String, List<Integer>> found = new HashMap<>();
    for (int i = 0; i + 1 < array.length; i++) {
      if (begins[begin(array, i)]) {
        for (byte[] needle : byBeginning.getOrDefault(begin(array, i), List.of())) {
          int to = i + needle.length;
          if (to <= array.length && Arrays.equals(array, i, to, needle, 0, needle.length)) {
            found
                .computeIfAbsent(
                    new String(needle, StandardCharsets.US_ASCII), key -> new ArrayList<>())
                .add(i);
          }
        }
      }
    }
    return found;
  }

  private static int begin(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
