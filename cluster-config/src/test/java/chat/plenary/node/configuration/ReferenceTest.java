package chat.plenary.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  /** Run with {@code -Dplenary.docs.write=true} to write the page anew. */
  @Test
  void thePageInTheDocumentationIsNotStale() throws IOException {
    Path page = Path.of("..", "docs", "configuration.md");
    if (Boolean.getBoolean("plenary.docs.write")) {
      Files.writeString(page, Reference.page());
    }
    assertThat(Files.readString(page)).isEqualTo(Reference.page());
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(Reference.options()).contains("--public-url VALUE", "--demo ", "--cluster-members");
  }
}
