package chat.plenary.integrations.translation;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an engine is reached.
 *
 * @param kind what it is
 * @param name its name in the configuration and below translations: 1 to 32 of {@code a-z0-9-}
 * @param title what people call it
 * @param outside whether texts leave the organisation's own machines
 * @param address where it is, without a slash at its end; of no use for Apertium
 * @param keyId Tencent's secret id; null for others
 * @param key its key, or null
 * @param languages the languages without regions that it is used for; of no use for Apertium and
 *     Tencent
 * @param model the model to be named to chat completions
 * @param plain whether chat completions are asked by one plain instruction, for models that know no
 *     other (such as {@code hy-mt2})
 * @param region Tencent's region
 * @param perSecond calls a second, 1 to 10,000
 * @param modes the folder of Apertium's modes
 * @param pipelines pipelines of each pair of Apertium, 1 to 16
 */
public record EngineSettings(
    Kind kind,
    String name,
    String title,
    boolean outside,
    URI address,
    @Nullable String keyId,
    @Nullable String key,
    List<String> languages,
    String model,
    boolean plain,
    String region,
    int perSecond,
    Path modes,
    int pipelines) {
  /** What an engine is. */
  public enum Kind {
    APERTIUM,
    LIBRETRANSLATE,
    CHAT,
    TENCENT
  }

  private static final URI NOWHERE = URI.create("http://localhost");
  private static final Path MODES = Path.of("/usr/share/apertium/modes");

  public EngineSettings {
    if (!name.matches("[a-z0-9-]{1,32}")) {
      throw new IllegalArgumentException("an engine's name is 1 to 32 of a-z0-9-: " + name);
    }
    if (perSecond < 1 || perSecond > 10_000) {
      throw new IllegalArgumentException("calls a second are 1 to 10,000: " + perSecond);
    }
    if (pipelines < 1 || pipelines > 16) {
      throw new IllegalArgumentException("pipelines are 1 to 16: " + pipelines);
    }
    languages = List.copyOf(languages);
  }

  /** Apertium on this machine, from Debian's packages, one pipeline a pair. */
  public static EngineSettings apertium() {
    return apertium(MODES, 1);
  }

  /** Apertium on this machine. */
  public static EngineSettings apertium(Path modes, int pipelines) {
    return new EngineSettings(
        Kind.APERTIUM,
        "apertium",
        "Apertium",
        false,
        NOWHERE,
        null,
        null,
        List.of(),
        "",
        false,
        "",
        1_000,
        modes,
        pipelines);
  }

  /** A server of LibreTranslate. */
  public static EngineSettings libreTranslate(
      String name,
      String title,
      boolean outside,
      URI address,
      @Nullable String key,
      List<String> languages,
      int perSecond) {
    return new EngineSettings(
        Kind.LIBRETRANSLATE,
        name,
        title,
        outside,
        address,
        null,
        key,
        languages,
        "",
        false,
        "",
        perSecond,
        MODES,
        1);
  }

  /** A model behind chat completions; the address ends before {@code /chat/completions}. */
  public static EngineSettings chat(
      String name,
      String title,
      boolean outside,
      URI address,
      @Nullable String key,
      List<String> languages,
      String model,
      boolean plain,
      int perSecond) {
    return new EngineSettings(
        Kind.CHAT, name, title, outside, address, null, key, languages, model, plain, "", perSecond,
        MODES, 1);
  }

  /** Tencent's TMT: 5 calls a second. */
  public static EngineSettings tencent(
      String name,
      String title,
      boolean outside,
      URI address,
      String keyId,
      String key,
      String region) {
    return new EngineSettings(
        Kind.TENCENT,
        name,
        title,
        outside,
        address,
        keyId,
        key,
        List.of(),
        "",
        false,
        region,
        5,
        MODES,
        1);
  }

  @Override
  public String toString() {
    return "EngineSettings[" + name + "]";
  }
}
