package chat.plenary.integrations.translation;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real one, from Debian's packages apertium, apertium-eng-spa and apertium-fr-es. */
class ApertiumTest {
  private static final Path MODES = Path.of("/usr/share/apertium/modes");
  private Vertx vertx;
  private Apertium apertium;

  @BeforeEach
  void open() throws Exception {
    boolean there = Apertium.isInstalled(MODES);
    assertThat(there || !"true".equals(System.getenv("CI"))).as("CI has Apertium").isTrue();
    assumeTrue(there, "Apertium is not installed");
    vertx = Vertx.vertx();
    apertium = Apertium.open(vertx, EngineSettings.apertium());
  }

  @AfterEach
  void close() throws Exception {
    if (vertx != null) {
      await(apertium.close());
      await(vertx.close());
    }
  }

  private String say(String text, String from, String to) throws Exception {
    return await(apertium.translate(text, from, to));
  }

  @Test
  void itTranslatesStraightAndByWayOfSpanish() throws Exception {
    String text = "The committee adopted the resolution by consensus.";
    assertThat(say(text, "en", "es")).isEqualTo("El comité adoptó la resolución por consenso.");
    assertThat(say(text, "en-GB", "fr"))
        .isEqualTo("Le comité a adopté la résolution par consensus.");
    assertThat(say("El comité adoptó la resolución.", "es", "en"))
        .isEqualTo("The committee adopted the resolution.");
    assertThat(apertium.translates("en", "fr")).isTrue();
    assertThat(apertium.translates("en", "ru")).isFalse();
  }

  @Test
  void whatIsMaskedAndWhatItTakesForMarksComesBack() throws Exception {
    assertThat(say("⟦1⟧ read ⟦2⟧the report⟦3⟧ today.", "en", "fr"))
        .isEqualTo("⟦1⟧ Lu ⟦2⟧le rapport⟦3⟧ aujourd'hui.");
    assertThat(say("A [b] {c} ^d$ e/f \\ @ <g> and a.[] end", "en", "es"))
        .contains("[", "]", "{", "}", "^", "$", "/", "\\", "@", "<", ">", ".[]");
  }

  @Test
  void whereAPronounWasNoBlankIsLeftAtTheBeginning() throws Exception {
    assertThat(say("We open the meeting.", "en", "es")).isEqualTo("Abrimos la reunión.");
    assertThat(say(" We open the meeting.", "en", "es")).startsWith(" ");
  }

  /** So that whoever sends a message waits for no translation. */
  @Test
  void itsProgramsGiveWayToOthers() throws Exception {
    say("We open the meeting.", "en", "es");
    List<String> niceness =
        ProcessHandle.current()
            .descendants()
            .filter(one -> one.info().command().orElse("").contains("lt-proc"))
            .map(one -> niceness(one.pid()))
            .toList();
    int own = Integer.parseInt(niceness(ProcessHandle.current().pid()));
    assertThat(niceness).isNotEmpty().containsOnly(String.valueOf(Math.min(19, own + 10)));
  }

  private static String niceness(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16];
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void manyAtOnceComeBackEachToItsOwn() throws Exception {
    List<Future<String>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(apertium.translate("The meeting number " + i + " begins.", "en", "es"));
    }
    await(Future.all(all));
    for (int i = 0; i < 200; i++) {
      assertThat(all.get(i).result()).contains(" " + i + " ");
    }
  }

  @Test
  void aPipelineThatHangsOrDiesIsStartedAnew(@TempDir Path folder) throws Exception {
    Path died = folder.resolve("died");
    Path program = folder.resolve("program");
    // The first time it dies, the second time it hangs, then it is well.
    Files.writeString(
        program,
        """
        #!/bin/sh
        [ -e "$2-1" ] || { touch "$2-1"; exit 1; }
        [ -e "$2-2" ] || { touch "$2-2"; exec sleep 1000; }
        exec cat
        """);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("eng-spa.mode"), program + " " + died + "");
    Apertium own = Apertium.open(vertx, EngineSettings.apertium(folder, 1));
    assertThatThrownBy(() -> await(own.translate("one", "en", "es")))
        .hasMessageContaining("did not translate");
    assertThatThrownBy(() -> await(own.translate("two", "en", "es")))
        .hasMessageContaining("did not translate in time");
    assertThat(await(own.translate("three", "en", "es"))).isEqualTo("three");
    await(own.close());
    assertThatThrownBy(() -> Apertium.open(vertx, EngineSettings.apertium(folder.resolve("no"), 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("install apertium-eng-spa");
  }
}
