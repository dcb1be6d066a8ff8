package chat.plenary.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of engines, and what is wrong with it. */
class EnginesTest {
  private static final String ACCOUNT = "secretId: AKIDEXAMPLE0001, secretKey: SECRETEXAMPLE0001";

  @TempDir Path folder;

  private Settings.Read read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("plenary.yaml"), yaml);
    return Settings.read(file, Map.of(), Map.of());
  }

  private Engines given(String yaml) throws IOException {
    return read("interpretation: {" + yaml + "}").configuration().interpretation();
  }

  @Test
  void noEngineIsSetUpUnlessGiven() throws IOException {
    Engines engines = given("");
    assertThat(engines.apertium()).isFalse();
    assertThat(engines.libreTranslate().url()).isNull();
    assertThat(engines.chat().url()).isNull();
    assertThat(engines.tencent().text().use()).isFalse();
    assertThat(engines.tencent().speech().appId()).isNull();
    assertThat(engines.tencent().tsi().use()).isFalse();
    assertThat(engines.grammar()).isNull();
    assertThat(engines.espeak().languages()).isEmpty();
    assertThat(engines.detection()).isEqualTo(Engines.Detection.NONE);
    assertThat(engines.ways()).isEmpty();
    assertThat(engines.patience()).isEqualTo(Duration.ofSeconds(5));
    assertThat(engines.outsideQuota()).isEqualTo(1_000_000);
  }

  @Test
  void tencentsEnginesTakeEachKey() throws IOException {
    TencentEngines tencent =
        given(
                "tencent: {"
                    + ACCOUNT
                    + ", region: ap-singapore, text: {use: true, url: 'http://127.0.0.1:1', outside: false},"
                    + " speech: {appId: 1234567890, url: 'ws://127.0.0.1:2', model: other, pairs: [en>zh, en>yue], outside: false},"
                    + " tsi: {use: true, url: 'http://127.0.0.1:3', voice: 101001, outside: false}}")
            .tencent();
    assertThat(tencent.secretId()).isEqualTo("AKIDEXAMPLE0001");
    assertThat(tencent.secretKey()).isEqualTo("SECRETEXAMPLE0001");
    assertThat(tencent.region()).isEqualTo("ap-singapore");
    assertThat(tencent.text())
        .isEqualTo(new TencentEngines.Text(true, URI.create("http://127.0.0.1:1"), false));
    assertThat(tencent.speech())
        .isEqualTo(
            new TencentEngines.Speech(
                "1234567890",
                URI.create("ws://127.0.0.1:2"),
                "other",
                List.of("en>zh", "en>yue"),
                false));
    assertThat(tencent.speech().targets()).isEqualTo(Map.of("en", Set.of("zh", "yue")));
    assertThat(tencent.tsi())
        .isEqualTo(new TencentEngines.Tsi(true, URI.create("http://127.0.0.1:3"), "101001", false));
  }

  @Test
  void engineAreOutsideAndAtTheirMakersUnlessGiven() throws IOException {
    TencentEngines tencent = given("").tencent();
    assertThat(tencent.text().outside()).isTrue();
    assertThat(tencent.text().url()).hasToString("https://tmt.tencentcloudapi.com");
    assertThat(tencent.speech().outside()).isTrue();
    assertThat(tencent.speech().url()).hasToString("wss://asr.cloud.tencent.com");
    assertThat(tencent.tsi().outside()).isTrue();
    assertThat(tencent.tsi().url()).hasToString("https://tsi.tencentcloudapi.com");
  }

  @Test
  void whatHoldsForAllEnginesTakesEachKey() throws IOException {
    Engines engines =
        given(
            "apertium: true, detection: small, languages: [en, zh-Hant], patience: 2 s, atOnce: 8,"
                + " insideQuota: 5, outsideQuota: 0, grammar: talk.jsgf, hearing: [pocketsphinx],"
                + " espeak: {languages: [es, fr], speed: 200},"
                + " chat: {url: 'http://127.0.0.1:1/v1'},"
                + " order: ['en>es = apertium  chat', '*>zh-hant=chat', '*>*=chat apertium']");
    assertThat(engines.detection()).isEqualTo(Engines.Detection.SMALL);
    assertThat(engines.languages()).containsExactly("en", "zh-Hant");
    assertThat(engines.patience()).isEqualTo(Duration.ofSeconds(2));
    assertThat(engines.atOnce()).isEqualTo(8);
    assertThat(engines.insideQuota()).isEqualTo(5);
    assertThat(engines.outsideQuota()).isZero();
    assertThat(engines.hearing()).containsExactly("pocketsphinx");
    assertThat(engines.espeak()).isEqualTo(new Engines.Espeak(List.of("es", "fr"), 200));
    assertThat(engines.ways())
        .isEqualTo(
            Map.of(
                "en>es", List.of("apertium", "chat"),
                "*>zh-Hant", List.of("chat"),
                "*>*", List.of("chat", "apertium")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "order: [en>es=apertium] | interpretation.order: names 'apertium', which is not set up; there is none",
        "apertium: true, order: [en>es=deepl] | interpretation.order: names 'deepl', which is not set up; there is apertium",
        "apertium: true, order: [en-es] | interpretation.order: must be such as en>es=apertium chat, not 'en-es'",
        "apertium: true, order: [english>es=apertium] | interpretation.order: must be tags of languages, such as en or zh-Hant, not 'english'",
        "apertium: true, order: [en>es=apertium apertium] | interpretation.order: names an engine twice",
        "apertium: true, order: [en>es=apertium, en > es=apertium] | interpretation.order: names the pair 'en > es' twice",
        "hearing: [tencent-tsi] | interpretation.hearing: names 'tencent-tsi', which is not set up; there is none",
        "languages: [english] | interpretation.languages: must be tags of languages, such as en or zh-Hant, not 'english'",
        "languages: [] | interpretation.languages: must name a language",
        "chat: {url: chat.example.org} | interpretation.chat.url: must begin with https:// or http://",
        "libreTranslate: {languages: [x]} | interpretation.libreTranslate.languages: must be tags of languages, such as en or zh-Hant, not 'x'",
        "tencent: {text: {use: true}} | interpretation.tencent.secretId: is missing",
        "tencent: {secretId: a, tsi: {use: true}} | interpretation.tencent.secretKey: is missing",
        "tencent: {region: 'a b'} | interpretation.tencent.region: must be such as ap-guangzhou, not 'a b'",
        "tencent: {text: {url: 'ftp://a'}} | interpretation.tencent.text.url: must begin with https:// or http://",
        "tencent: {tsi: {url: 'wss://a'}} | interpretation.tencent.tsi.url: must begin with https:// or http://",
        "tencent: {tsi: {voice: loud}} | interpretation.tencent.tsi.voice: must be a number of at most 9 digits, not 'loud'",
        "espeak: {languages: [spanish]} | interpretation.espeak.languages: must be tags of languages, such as en or zh-Hant, not 'spanish'",
        "tencent: {speech: {url: 'https://a'}} | interpretation.tencent.speech.url: must begin with wss:// or ws://",
        "tencent: {speech: {pairs: [en-zh]}} | interpretation.tencent.speech.pairs: must be such as zh>en, not 'en-zh'",
        "tencent: {speech: {pairs: []}} | interpretation.tencent.speech.pairs: must name a pair",
        "tencent: {speech: {appId: a/b}} | interpretation.tencent.speech.appId: must have 1 to 32 letters and digits",
      })
  void whatIsWrongIsNamed(String yaml, String problem) {
    assertThatThrownBy(() -> given(yaml)).hasMessage(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "patience: 11 s, interpretation.patience",
    "atOnce: 0, interpretation.atOnce",
    "outsideQuota: -1, interpretation.outsideQuota",
    "espeak: {speed: 20}, interpretation.espeak.speed",
    "detection: deep, interpretation.detection",
  })
  void whatCannotBeIsNamed(String yaml, String key) {
    assertThatThrownBy(() -> given(yaml)).hasMessageContaining(key + ": must be ");
  }

  @Test
  void keysAreNeverShown() throws IOException {
    Settings.Read read =
        read(
            "interpretation: {tencent: {"
                + ACCOUNT
                + ", text: {use: true}}, chat: {url: 'http://127.0.0.1/v1', key: SEKRET},"
                + " libreTranslate: {url: 'http://127.0.0.1', key: SEKRET}}");
    assertThat(read.lines().toString()).doesNotContain("SEKRET", "SECRETEXAMPLE0001");
    assertThat(read.configuration().interpretation().toString())
        .doesNotContain("SEKRET", "SECRETEXAMPLE0001");
  }
}
