package chat.plenary.node;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.TlsPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node says that does not start: one paragraph, no stack, and an exit code. */
@Timeout(600)
class RefusedStartTest {
  @TempDir Path data;

  @Test
  void aCommandThatDoesNotExistIsNamed() {
    assertThat(said(List.of("strat"))).startsWith("2 plenary: There is no command 'strat'");
    assertThat(said(List.of("start", "now"))).startsWith("2 plenary: 'now' is not understood");
    assertThat(said(List.of("start", "--port"))).startsWith("2 plenary: --port needs a value");
    assertThat(said(List.of("dev-cluster", "40"))).startsWith("2 plenary: dev-cluster needs");
  }

  @Test
  void whatCannotBeSimulatedIsNamed() {
    assertThat(said(List.of("simulate"))).startsWith("2 plenary: simulate needs what to simulate");
    assertThat(said(List.of("simulate", "zoom"))).startsWith("2 plenary: simulate needs what");
    List<String> good = List.of("simulate", "tencent-meeting");
    assertThat(said(with(good, "--prot", "1")))
        .startsWith("2 plenary: simulate has no option '--prot'; it has --host, --port");
    assertThat(said(with(good, "--port", "http"))).startsWith("2 plenary: --port must be");
    assertThat(said(with(good, "--public-url", "here"))).startsWith("2 plenary: --public-url must");
    assertThat(said(with(good, "--webhook", "ftp://host/hooks/meetings/tencent")))
        .startsWith("2 plenary: --webhook must be an address");
    assertThat(said(with(good, "--webhook", "http://127.0.0.1:8080")))
        .contains("followed by /hooks/meetings/tencent");
  }

  private static List<String> with(List<String> words, String option, String value) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(option, value));
    return all;
  }

  @Test
  void everythingThatIsWrongWithAConfigurationIsNamedAtOnce() {
    assertThat(said(List.of("start", "--port", "http", "--prot", "1")))
        .startsWith("2 plenary: The configuration is wrong:")
        .contains("port: must be a whole number from 0 to 65535, not 'http'")
        .contains("there is no setting '--prot' (did you mean '--port'?)");
  }

  @Test
  void tlsFilesThatCannotBeAreNamed() throws Exception {
    Path nothing = data.resolve("none.pem");
    Path text = Files.writeString(data.resolve("text.pem"), "hello");
    TlsPair one = TlsPair.make(data, "one");
    TlsPair other = TlsPair.make(data, "other");
    assertThat(tls(nothing, one.key()))
        .startsWith("2 ")
        .contains("tls.certificate: there is no file");
    assertThat(tls(text, one.key())).startsWith("2 ").contains("plenary: tls.certificate: ");
    assertThat(tls(one.certificate(), text)).startsWith("2 ").contains("plenary: tls.key: ");
    assertThat(tls(one.certificate(), other.key()))
        .contains("is not the key of the first certificate");
    assertThat(tls(one.certificate(), one.key())).contains("The configuration is good.");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String said = refused(taken.getLocalPort());
      assertThat(said).contains("Something listens on 127.0.0.1 port " + taken.getLocalPort());
    }
  }

  @Test
  void aFolderThatAnotherNodeHasIsNamed() {
    try (NodeProcess first = NodeProcess.start(data)) {
      assertThat(refused(Address.freePort("127.0.0.1")))
          .contains("is in use by process " + first.pid())
          .contains("--data");
    }
  }

  @Test
  void aByteThatTurnedIsNoticedBeforeAnythingIsServed() throws IOException {
    try (NodeProcess node = NodeProcess.start(data, "--demo")) {
      assertThat(node.stop()).isZero();
    }
    for (Path file : files(data.resolve("store"))) {
      flip(file);
    }
    assertThat(refused(Address.freePort("127.0.0.1")))
        .containsIgnoringCase("damaged")
        .contains("restore the directory from a backup");
  }

  @Test
  void aDemonstrationIsNeverPutIntoAnOrganisationOfRealPeople() {
    try (NodeProcess node = NodeProcess.start(data)) {
      io.vertx.core.json.JsonObject setUp =
          new io.vertx.core.json.JsonObject()
              .put("token", node.printed("/setup#(\\S+)"))
              .put("organisation", new io.vertx.core.json.JsonObject().put("name", "Real"))
              .put(
                  "owner",
                  new io.vertx.core.json.JsonObject()
                      .put("userid", "o")
                      .put("name", "O")
                      .put("password", "correct horse battery staple"));
      Rest.at(node.url()).post("/api/v1/setup", setUp).good();
      node.stop();
    }
    assertThat(refused(Address.freePort("127.0.0.1"), "--demo"))
        .contains("never for an organisation of real people");
  }

  /** What a node says that is refused, on one paragraph; it ends with 1. */
  private String refused(int port, String... arguments) {
    try (NodeProcess node = NodeProcess.launch(data, port, Map.of(), List.of(), arguments)) {
      assertThat(node.ended()).isEqualTo(Failure.FAILED);
      assertThat(node.output()).doesNotContain("\tat ");
      return node.output();
    }
  }

  private String tls(Path certificate, Path key) {
    return said(
        List.of(
            "check-config",
            "--tls-certificate",
            certificate.toString(),
            "--tls-key",
            key.toString()));
  }

  private static String said(List<String> arguments) {
    return Commands.said(arguments, Map.of());
  }

  private static List<Path> files(Path store) throws IOException {
    try (Stream<Path> all = Files.walk(store)) {
      return new ArrayList<>(
          all.filter(file -> file.toString().matches(".*\\.(log|sst)"))
              .filter(file -> file.toFile().length() > 100)
              .toList());
    }
  }

  static void flip(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long middle = channel.size() / 2;
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, middle);
      one.put(0, (byte) (one.get(0) ^ 0x40)).rewind();
      channel.write(one, middle);
    }
  }
}
