package chat.plenary.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("plenary.yaml"), text);
  }

  private static List<String> problems(
      Path file, Map<String, String> environment, Map<String, String> options) {
    return catchThrowableOfType(
            ConfigurationException.class, () -> Settings.read(file, environment, options))
        .problems();
  }

  @Test
  void anOptionBeatsAVariableAndAVariableBeatsTheFile() throws IOException {
    Settings.Read read =
        Settings.read(
            file("{port: 1, host: one, data: one}"),
            Map.of("PLENARY_PORT", "2", "PLENARY_HOST", "two"),
            Map.of("--port", "3"));
    assertThat(read.configuration().port()).isEqualTo(3);
    assertThat(read.configuration().host()).isEqualTo("two");
    assertThat(read.configuration().data()).isEqualTo(Path.of("one"));
    assertThat(read.lines())
        .contains(
            new Settings.Line("port", "3", "command line"),
            new Settings.Line("host", "two", "environment"),
            new Settings.Line("signIn.accountAttempts", "10", "built in"));
  }

  @Test
  void everySettingHasAVariableAndAnOptionOfItsOwn() {
    List<Catalogue.Item> items = Catalogue.items();
    assertThat(items.stream().map(Catalogue.Item::variable)).doesNotHaveDuplicates();
    assertThat(items.stream().map(Catalogue.Item::option)).doesNotHaveDuplicates();
    assertThat(items.stream().map(Catalogue.Item::option))
        .contains("--public-url", "--cluster-members", "--sign-in-account-attempts");
    assertThat(items.stream().map(Catalogue.Item::variable)).contains("PLENARY_PUBLIC_URL");
  }

  @Test
  void aKeyThatDoesNotExistIsNamedWithWhatMayHaveBeenMeant() throws IOException {
    assertThat(problems(file("prot: 1\ncluster: {port: 5701, nam: x}"), Map.of(), Map.of()))
        .containsExactly(
            folder.resolve("plenary.yaml") + ": there is no setting 'prot' (did you mean 'port'?)",
            folder.resolve("plenary.yaml")
                + ": there is no setting 'cluster.nam' (did you mean 'cluster.name'?)");
    assertThat(problems(null, Map.of("PLENARY_HOTS", "x"), Map.of("--prot", "1")))
        .containsExactly(
            "environment: there is no setting 'PLENARY_HOTS' (did you mean 'PLENARY_HOST'?)",
            "command line: there is no setting '--prot' (did you mean '--port'?)");
  }

  @Test
  void aWrongValueIsNamedWithWhatIsExpectedAndWhereItStood() throws IOException {
    assertThat(
            problems(
                file("groups: {members: 20000, recall: soon}"),
                Map.of("PLENARY_DEMO", "yes"),
                Map.of("--port", "http", "--logging-level", "loud")))
        .containsExactlyInAnyOrder(
            "command line: port: must be a whole number from 0 to 65535, not 'http'",
            "environment: demo: must be true or false, not 'yes'",
            folder.resolve("plenary.yaml")
                + ": groups.members: must be a whole number from 2 to 10000, not '20000'",
            folder.resolve("plenary.yaml")
                + ": groups.recall: must be a time from 0 s to 3650 d, with its unit (ms, s, min,"
                + " h, d), not 'soon'",
            "command line: logging.level: must be one of error, warn, info, debug, not 'loud'");
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() throws IOException {
    assertThat(problems(file("tls: {key: a.key}"), Map.of(), Map.of()))
        .containsExactly("tls.certificate: must be given where tls.key is");
    assertThat(problems(file("cluster: {members: ['a:1']}"), Map.of(), Map.of()))
        .singleElement()
        .asString()
        .startsWith("mongodbUri: a cluster needs a store");
    assertThat(problems(file("publicUrl: https://a.example/chat"), Map.of(), Map.of()))
        .singleElement()
        .asString()
        .startsWith("publicUrl: must be a scheme, a host");
    assertThat(problems(file("cluster: {members: [nowhere]}"), Map.of(), Map.of()))
        .containsExactly("cluster.members: must be host:port, not 'nowhere'");
    assertThat(problems(file("trustedProxies: proxy.example"), Map.of(), Map.of()))
        .containsExactly(
            "trustedProxies: must be addresses or networks such as 10.0.0.0/8, not"
                + " 'proxy.example'");
  }

  @Test
  void aFileThatIsNoneIsRefusedWithItsLine() throws IOException {
    assertThat(problems(file("port: 1\nport: 2\n"), Map.of(), Map.of()))
        .singleElement()
        .asString()
        .contains("line 2", "port");
    assertThat(problems(file("- a\n- b\n"), Map.of(), Map.of()))
        .singleElement()
        .asString()
        .contains("must hold settings");
    assertThat(problems(folder.resolve("none.yaml"), Map.of(), Map.of()))
        .singleElement()
        .asString()
        .contains("none.yaml: cannot be read");
  }

  @Test
  void anEmptyFileIsNoConfiguration() throws IOException {
    assertThat(Settings.read(file("# nothing yet\n"), Map.of(), Map.of()).configuration().port())
        .isEqualTo(8080);
  }

  @Test
  void secretsAreNeverShown() {
    Settings.Read read =
        Settings.read(null, Map.of("MONGODB_URI", "mongodb://u:hunter2@db"), Map.of());
    assertThat(read.configuration().mongodbUri()).isEqualTo("mongodb://u:hunter2@db");
    assertThat(read.lines()).contains(new Settings.Line("mongodbUri", "(hidden)", "environment"));
    assertThat(read.lines().toString()).doesNotContain("hunter2");
    assertThat(read.configuration().toString()).doesNotContain("hunter2");
    assertThatThrownBy(
            () -> Settings.read(null, Map.of("MONGODB_URI", "postgres://u:hunter2@db"), Map.of()))
        .hasMessageContaining("mongodbUri")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void whatIsShownCanBeWrittenAgain() {
    assertThat(Settings.read(null, Map.of(), Map.of()).lines())
        .contains(
            new Settings.Line("signIn.accountRefill", "1 min", "built in"),
            new Settings.Line("store.memory", "128 MiB", "built in"));
  }
}
