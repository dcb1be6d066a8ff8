package chat.plenary.bots.wecom;

import static chat.plenary.bots.House.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.plenary.bots.Served;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus's Alertmanager as it is, with a receiver of its kind {@code wechat}. */
class AlertmanagerTest {
  private static final String PROGRAM = "/usr/bin/prometheus-alertmanager";

  @TempDir Path directory;
  private Served served;
  private Process alertmanager;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(
        System.getenv("CI") != null || Files.isExecutable(Path.of(PROGRAM)),
        "prometheus-alertmanager is not installed");
    served = new Served(directory.resolve("store"));
  }

  @AfterEach
  void close() throws Exception {
    if (alertmanager != null) {
      alertmanager.destroy();
      alertmanager.waitFor(20, TimeUnit.SECONDS);
    }
    if (served != null) {
      served.close();
    }
  }

  @Test
  void itsAlertsArriveWithTheMembersItNames() throws Exception {
    JsonObject made =
        served
            .post(served.alice, "/api/v1/applications", new JsonObject().put("name", "Alerts"))
            .json();
    int port = start(made);
    alert(port, "DiskFull");
    assertThat(waitFor(made, 1).get(0)).contains("DiskFull");

    alert(port, "LinkDown");
    assertThat(waitFor(made, 2).get(1)).contains("LinkDown");
  }

  private int start(JsonObject application) throws Exception {
    int port = freePort();
    Path file = directory.resolve("alertmanager.yml");
    Files.writeString(
        file,
        """
        route: {receiver: plenary, group_wait: 1s, group_interval: 1s, group_by: [alertname]}
        receivers:
        - name: plenary
          wechat_configs:
          - api_url: http://127.0.0.1:%d/cgi-bin/
            corp_id: %s
            api_secret: %s
            agent_id: '%d'
            to_user: bob|carol
            to_party: '1'
            message_type: markdown
            message: '{{ .CommonLabels.alertname }} is {{ .Status }}'
        """
            .formatted(
                served.port,
                application.getString("corpid"),
                application.getString("secret"),
                application.getInteger("agentid")));
    alertmanager =
        new ProcessBuilder(
                PROGRAM,
                "--config.file=" + file,
                "--storage.path=" + directory.resolve("data-" + port),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("alertmanager-" + port + ".log").toFile())
            .start();
    return port;
  }

  private void alert(int port, String name) throws Exception {
    JsonArray alerts =
        new JsonArray()
            .add(new JsonObject().put("labels", new JsonObject().put("alertname", name)));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v2/alerts"))
            .timeout(Duration.ofSeconds(10))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(alerts.encode()))
            .build();
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      try {
        HttpResponse<String> answer =
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return;
      } catch (IOException notYet) {
        assertThat(System.nanoTime()).as("Alertmanager starts").isLessThan(until);
        Thread.sleep(200);
      }
    }
  }

  /** What bob was told, when it is so much. */
  private List<String> waitFor(JsonObject made, int count) throws Exception {
    var bob = served.house.member("bob");
    ConversationId direct =
        ConversationId.direct(
            bob.organisation(), new AccountId(made.getString("account")), bob.account());
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    List<String> texts = new ArrayList<>();
    while (texts.size() < count) {
      assertThat(System.nanoTime()).as("a message after " + texts + log()).isLessThan(until);
      Thread.sleep(200);
      texts.clear();
      texts.addAll(
          await(
              served
                  .house
                  .chat
                  .history()
                  .page(bob, direct, 0, -1, 100)
                  .map(
                      page ->
                          page.entries().stream()
                              .filter(one -> one.entry().kind().equals("message.posted"))
                              .map(one -> one.toJson().getJsonObject("body").getString("text"))
                              .toList())
                  // There is no such conversation before the first message.
                  .recover(none -> Future.succeededFuture(List.<String>of()))));
    }
    return texts;
  }

  private String log() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.list(directory)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".log")).toList()) {
        all.append('\n').append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
