package chat.plenary.messaging.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.id.ConversationId;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnWritesTest {
  @TempDir Path directory;

  @Test
  void whoIsToldThatAGroupWasMadeFindsItInWhateverTheNodeHas() throws Exception {
    Set<ConversationId> heard = ConcurrentHashMap.newKeySet();
    try (Assembly assembly = Assembly.open(directory)) {
      assembly
          .chat
          .log()
          .listen(
              (lane, applied) -> {
                // As long as a busy machine may take between two steps of one thread.
                try {
                  TimeUnit.MILLISECONDS.sleep(100);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                applied.forEach(one -> heard.add(one.entry().conversation()));
              });
      assembly.start();
      for (int i = 0; i < 5; i++) {
        ConversationId made = assembly.group("own-" + i);
        assertThat(heard).contains(made);
      }
    }
  }
}
