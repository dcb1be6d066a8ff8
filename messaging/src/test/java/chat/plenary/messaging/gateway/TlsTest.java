package chat.plenary.messaging.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.http.Pages;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that ends TLS itself. */
class TlsTest {
  private static final String SECRET = "changeit";

  @TempDir Path directory;

  @Test
  void aNodeServesByPemFilesAndTellsBrowsersToStayWithTls() throws Exception {
    KeyStore keys = keys();
    Certificate certificate = keys.getCertificate("plenary");
    Key key = keys.getKey("plenary", SECRET.toCharArray());
    Gateway.Tls tls =
        new Gateway.Tls(
            pem("certificate", "CERTIFICATE", certificate.getEncoded()),
            pem("key", "PRIVATE KEY", key.getEncoded()));
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
                .sslContext(trusting(certificate))
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

  private KeyStore keys() throws Exception {
    Path store = directory.resolve("keys.p12");
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "plenary",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                SECRET,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.txt").toFile())
            .start();
    assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, SECRET.toCharArray());
    }
    return keys;
  }

  private String pem(String name, String kind, byte[] bytes) throws Exception {
    String text =
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
            + "\n-----END "
            + kind
            + "-----\n";
    return Files.writeString(directory.resolve(name + ".pem"), text).toString();
  }

  private static SSLContext trusting(Certificate certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("plenary", certificate);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
