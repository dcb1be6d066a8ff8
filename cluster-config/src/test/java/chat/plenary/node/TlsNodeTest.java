package chat.plenary.node;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.TlsPair;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that ends TLS itself. */
@Timeout(600)
class TlsNodeTest {
  @TempDir Path folder;

  @Test
  void aNodeServesTlsWithTheCertificateOfItsPemFiles() throws Exception {
    TlsPair pair = TlsPair.make(folder, "node");
    HttpClient client = trusting(pair);
    int port = Address.freePort("127.0.0.1");
    try (NodeProcess node =
        NodeProcess.launch(
            folder.resolve("data"),
            port,
            Map.of(),
            List.of(),
            "--tls-certificate",
            pair.certificate().toString(),
            "--tls-key",
            pair.key().toString())) {
      HttpRequest ready =
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/health/ready"))
              .timeout(Duration.ofSeconds(10))
              .build();
      Live.until("an answer by TLS", () -> node.isAlive() ? answers(client, ready) : ended(node));
      Live.until("the screen", () -> node.output().contains("Ctrl-C stops it."));
      assertThat(node.output()).contains("https://127.0.0.1:" + port + "/setup#");
      assertThat(node.isReady()).as("answers without TLS").isFalse();
      assertThat(node.stop()).isZero();
    }
  }

  private static boolean ended(NodeProcess node) {
    throw new AssertionError("the node ended:\n" + node.output());
  }

  private static boolean answers(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Trusts this certificate and no other. */
  private static HttpClient trusting(TlsPair pair) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(pair.trusting())
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }
}
