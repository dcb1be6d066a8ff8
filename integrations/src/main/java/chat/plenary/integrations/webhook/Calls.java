package chat.plenary.integrations.webhook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.http.base.HttpOperationFailedException;

/** Calls of outside systems: bounded, timed out, not redirected, and only where they may go. */
final class Calls {
  private static final int CONNECT_MS = 5_000;
  private static final int CONNECTIONS_A_HOST = 8;
  private static final int MAX_WAITING = 1_000;

  private final Vertx vertx;
  private final HttpClient client;
  private final Addresses addresses;

  Calls(Vertx vertx, Addresses addresses) {
    this.vertx = vertx;
    this.addresses = addresses;
    this.client =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setConnectTimeout(CONNECT_MS)
                    .setIdleTimeout(60)
                    .setKeepAliveTimeout(30))
            .with(
                new PoolOptions()
                    .setHttp1MaxSize(CONNECTIONS_A_HOST)
                    .setMaxWaitQueueSize(MAX_WAITING))
            .build();
  }

  /**
   * Posts; succeeds with an answer of 2xx.
   *
   * @param seconds for how long, at the most
   */
  Future<Void> post(URI to, Map<String, String> headers, byte[] body, int seconds) {
    String host = to.getHost().replaceAll("[\\[\\]]", "");
    boolean tls = "https".equals(to.getScheme());
    int port = to.getPort() > 0 ? to.getPort() : tls ? 443 : 80;
    return vertx
        .executeBlocking(() -> addresses.resolve(host), false)
        .compose(
            found -> {
              RequestOptions request =
                  new RequestOptions()
                      .setMethod(HttpMethod.POST)
                      .setHost(host)
                      .setPort(port)
                      .setSsl(tls)
                      .setServer(SocketAddress.inetSocketAddress(port, found[0].getHostAddress()))
                      .setURI(path(to));
              headers.forEach(request::putHeader);
              return client.request(request);
            })
        .compose(request -> request.send(Buffer.buffer(body)))
        .compose(
            answer -> {
              int status = answer.statusCode();
              // What it says is of no interest, and not kept.
              answer.handler(bytes -> {});
              return answer
                  .end()
                  .compose(
                      v ->
                          status >= 200 && status < 300
                              ? Future.<Void>succeededFuture()
                              : Future.failedFuture(
                                  new HttpOperationFailedException(
                                      to.getScheme() + "://" + host,
                                      status,
                                      answer.statusMessage(),
                                      null,
                                      Map.of(),
                                      null)));
            })
        .timeout(seconds, TimeUnit.SECONDS);
  }

  private static String path(URI to) {
    String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
    return to.getRawQuery() == null ? path : path + "?" + to.getRawQuery();
  }

  void close() {
    client.close();
  }
}
