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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every record of the configuration: what holds unless given, and each key by name. */
class ConfigurationTest {
  @TempDir Path folder;

  private Configuration defaults() {
    return Settings.read(null, Map.of(), Map.of()).configuration();
  }

  private Configuration given(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("plenary.yaml"), yaml);
    return Settings.read(file, Map.of(), Map.of()).configuration();
  }

  @Test
  void aNodeServesThisMachineFromAFolderOfItsOwn() {
    Configuration node = defaults();
    assertThat(node.host()).isEqualTo("127.0.0.1");
    assertThat(node.port()).isEqualTo(8080);
    assertThat(node.data()).isEqualTo(Path.of("data"));
    assertThat(node.publicUrl()).isNull();
    assertThat(node.mongodbUri()).isNull();
    assertThat(node.demo()).isFalse();
    assertThat(node.trustedProxies()).isEmpty();
  }

  @Test
  void aNodeTakesEachKey() throws IOException {
    Configuration node =
        given(
            """
            host: 0.0.0.0
            port: 8443
            data: /var/lib/plenary
            publicUrl: https://chat.example.org
            mongodbUri: mongodb://one,two/plenary
            demo: true
            trustedProxies: [10.0.0.0/8, "::1"]
            """);
    assertThat(node.host()).isEqualTo("0.0.0.0");
    assertThat(node.port()).isEqualTo(8443);
    assertThat(node.data()).isEqualTo(Path.of("/var/lib/plenary"));
    assertThat(node.publicUrl()).isEqualTo(URI.create("https://chat.example.org"));
    assertThat(node.mongodbUri()).isEqualTo("mongodb://one,two/plenary");
    assertThat(node.demo()).isTrue();
    assertThat(node.trustedProxies()).containsExactly("10.0.0.0/8", "::1");
  }

  @Test
  void tencentMeetingNeedsNoMoreThanItSaysThatItNeeds() throws IOException {
    MeetingServices.Tencent tencent =
        given("meetings: {tencent: {appId: '1', secretId: a, secretKey: b, userid: c}}")
            .meetings()
            .tencent();
    assertThat(tencent.sdkId()).isEmpty();
    assertThat(tencent.token()).isEmpty();
    assertThat(tencent.encodingAesKey()).isEmpty();
    assertThat(tencent.appId()).isEqualTo("1");
    assertThat(defaults().meetings().tencent().appId()).isNull();
  }

  @Test
  void theRealTencentMeetingIsNoSimulation() throws IOException {
    String account = "meetings: {tencent: {appId: '1', secretId: a, secretKey: b, userid: c, ";
    assertThat(
            given(account + "url: 'http://127.0.0.1:8090', simulated: true}}")
                .meetings()
                .tencent()
                .simulated())
        .isTrue();
    assertThatThrownBy(() -> given(account + "simulated: true}}"))
        .hasMessageContaining("meetings.tencent.simulated: needs meetings.tencent.url");
    assertThat(defaults().meetings().tencent().simulated()).isFalse();
  }

  @Test
  void tlsIsOffUnlessGiven() {
    assertThat(defaults().tls()).isEqualTo(new Configuration.Tls(null, null));
  }

  @Test
  void tlsTakesEachKey() throws IOException {
    assertThat(given("tls: {certificate: a.pem, key: a.key}").tls())
        .isEqualTo(new Configuration.Tls(Path.of("a.pem"), Path.of("a.key")));
  }

  @Test
  void aNodeIsAloneUnlessMembersAreGiven() {
    Configuration.Cluster cluster = defaults().cluster();
    assertThat(cluster)
        .isEqualTo(
            new Configuration.Cluster(
                "plenary", "127.0.0.1", 5701, 0, List.of(), Duration.ofSeconds(8)));
    assertThat(cluster.on()).isFalse();
  }

  @Test
  void aClusterTakesEachKey() throws IOException {
    Configuration.Cluster cluster =
        given(
                """
                mongodbUri: mongodb://db
                cluster:
                  name: hall
                  host: 10.0.0.1
                  port: 5702
                  busPort: 5802
                  members: ["10.0.0.1:5702", "10.0.0.2:5702"]
                  patience: 20 s
                """)
            .cluster();
    assertThat(cluster)
        .isEqualTo(
            new Configuration.Cluster(
                "hall",
                "10.0.0.1",
                5702,
                5802,
                List.of("10.0.0.1:5702", "10.0.0.2:5702"),
                Duration.ofSeconds(20)));
    assertThat(cluster.on()).isTrue();
  }

  @Test
  void theStoreHasSomeMemory() {
    assertThat(defaults().store()).isEqualTo(new Configuration.Store(new Size(128L << 20)));
  }

  @Test
  void theStoreTakesEachKey() throws IOException {
    assertThat(given("store: {memory: 2 GiB}").store())
        .isEqualTo(new Configuration.Store(new Size(2L << 30)));
  }

  @Test
  void groupsHaveTheLimitsOfTheProtocolPage() {
    assertThat(defaults().groups())
        .isEqualTo(new Configuration.Groups(2_000, Duration.ofHours(24), Duration.ofHours(24)));
  }

  @Test
  void groupsTakeEachKey() throws IOException {
    assertThat(given("groups: {members: 10000, recall: 2 min, edit: 0 s}").groups())
        .isEqualTo(new Configuration.Groups(10_000, Duration.ofMinutes(2), Duration.ZERO));
  }

  @Test
  void requestsHaveTheLimitOfTheProtocolPage() {
    assertThat(defaults().requests()).isEqualTo(new Configuration.Requests(new Size(65_536)));
  }

  @Test
  void requestsTakeEachKey() throws IOException {
    assertThat(given("requests: {body: 128 KiB}").requests())
        .isEqualTo(new Configuration.Requests(new Size(131_072)));
  }

  @Test
  void signingInHasLimits() {
    assertThat(defaults().signIn())
        .isEqualTo(
            new Configuration.SignIn(
                10,
                Duration.ofSeconds(60),
                100,
                Duration.ofSeconds(3),
                2,
                200,
                Duration.ofMinutes(10),
                Duration.ofDays(30),
                Duration.ofHours(24)));
  }

  @Test
  void signingInTakesEachKey() throws IOException {
    Configuration.SignIn signIn =
        given(
                """
                signIn:
                  accountAttempts: 5
                  accountRefill: 5 min
                  addressAttempts: 1000
                  addressRefill: 500 ms
                  passwordWorkers: 4
                  passwordQueue: 50
                  accessToken: 5 min
                  sessionIdle: 7 d
                  ticket: 1 h
                """)
            .signIn();
    assertThat(signIn)
        .isEqualTo(
            new Configuration.SignIn(
                5,
                Duration.ofMinutes(5),
                1_000,
                Duration.ofMillis(500),
                4,
                50,
                Duration.ofMinutes(5),
                Duration.ofDays(7),
                Duration.ofHours(1)));
  }

  @Test
  void metricsAreForThisMachineUnlessThereIsAToken() {
    assertThat(defaults().metrics()).isEqualTo(new Configuration.Metrics(null));
  }

  @Test
  void metricsTakeATokenThatIsNeverShown() throws IOException {
    Configuration.Metrics metrics = given("metrics: {token: 0123456789abcdef}").metrics();
    assertThat(metrics.token()).isEqualTo("0123456789abcdef");
    assertThat(metrics.toString()).doesNotContain("0123456789abcdef");
    assertThatThrownBy(() -> given("metrics: {token: short}"))
        .hasMessage("metrics.token: must have 16 characters or more");
  }

  @Test
  void theOperatorHasATokenOrNone() throws IOException {
    assertThat(defaults().operatorToken()).isNull();
    String token = "0123456789abcdef0123456789abcdef";
    Configuration node = given("operatorToken: " + token);
    assertThat(node.operatorToken()).isEqualTo(token);
    assertThat(node.toString()).doesNotContain(token);
    assertThatThrownBy(() -> given("operatorToken: tooshort"))
        .hasMessage("operatorToken: must have 32 to 256 characters of ASCII, without spaces");
  }

  @Test
  void theLogSaysWhatMattersForPeople() {
    assertThat(defaults().logging())
        .isEqualTo(new Configuration.Logging(Configuration.Level.INFO, Configuration.Format.TEXT));
  }

  @Test
  void theLogTakesEachKey() throws IOException {
    assertThat(given("logging: {level: debug, format: json}").logging())
        .isEqualTo(new Configuration.Logging(Configuration.Level.DEBUG, Configuration.Format.JSON));
  }
}
