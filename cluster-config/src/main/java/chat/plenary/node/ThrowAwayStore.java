package chat.plenary.node;

import java.util.List;

final class ThrowAwayStore {
  static final String COMMAND = "throw-away-store";
  static int run(List<String> words) { return 1; }
}
