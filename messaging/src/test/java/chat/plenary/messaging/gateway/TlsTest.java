package chat.plenary.messaging.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.TlsPair;
import chat.plenary.messaging.http.Pages;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that ends TLS itself. */
class TlsTest {
  @TempDir Path directory;

  @Test
  void aNodeServesByPemFilesAndTellsBrowsersToStayWithTls() throws Exception {
    TlsPair pair = TlsPair.make(directory, "node");
    Gateway.Tls tls = new Gateway.Tls(pair.certificate().toString(), pair.key().toString());
    Gateway.Options options =
        new Gateway.Options(
            "127.0.0.1",
            0,
            tls,
            Set.of("https://localhost"),
            List.of(),
            64 * 1024,
            new Gateway.ServerInfo("0.1.0", false));
    try (Served served = new Served(directory.resolve("store"), List.of(), Pages.none(), options)) {
      for (HttpClient.Version version : HttpClient.Version.values()) {
        HttpResponse<String> answer =
            HttpClient.newBuilder()
                .version(version)
                .sslContext(pair.trusting())
                .build()
                .send(
                    HttpRequest.newBuilder(
                            URI.create(
                                "https://localhost:" + served.gateway.port() + "/api/v1/server"))
                        .build(),
                    HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.headers().firstValue("strict-transport-security"))
            .hasValue("max-age=31536000");
      }
    }
  }
}
