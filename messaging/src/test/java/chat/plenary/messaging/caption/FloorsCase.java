package chat.plenary.messaging.caption;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test on a floor of its own. */
abstract class FloorsCase {
  Floors floors;

  @BeforeEach
  void openFloors(@TempDir Path directory) throws Exception {
    floors = Floors.open(directory);
  }

  @AfterEach
  void closeFloors() throws Exception {
    floors.close();
  }
}
