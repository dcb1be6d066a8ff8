package chat.plenary.integrations.translation;

import chat.plenary.messaging.fault.Fault;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/** Makes the {@link Call} that an exchange holds; its body is the {@link Reply} then. */
final class HttpStep extends AsyncProcessorSupport {
  private static final int MAX_ANSWER = 256 * 1024;

  private final Context context;
  private final HttpClient client;
  private final URI base;
  private final Duration patience;

  HttpStep(Context context, HttpClient client, URI base, Duration patience) {
    this.context = context;
    this.client = client;
    this.base = base;
    this.patience = patience;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Call call = exchange.getMessage().getBody(Call.class);
    // All on one context: off it, an answer could come before there is somebody to read it.
    context.runOnContext(
        v ->
            send(call)
                .onComplete(
                    done -> {
                      if (done.succeeded()) {
                        exchange.getMessage().setBody(done.result());
                      } else {
                        exchange.setException(done.cause());
                      }
                      callback.done(false);
                    }));
    return false;
  }

  private Future<Reply> send(Call call) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(base + call.path())
            .setFollowRedirects(false)
            .putHeader("content-type", "application/json; charset=utf-8")
            .putHeader("accept", "application/json");
    call.headers().forEach(options::putHeader);
    return client
        .request(options)
        .compose(
            request ->
                request
                    .send(call.body())
                    .compose(HttpStep::read)
                    .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .onFailure(failure -> request.reset()))
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof Fault
                        ? failure
                        : Fault.of(Fault.Code.UNAVAILABLE, "The engine does not answer.")));
  }

  private static Future<Reply> read(HttpClientResponse response) {
    Buffer body = Buffer.buffer();
    response.handler(
        part -> {
          if (body.length() + part.length() > MAX_ANSWER) {
            response.request().reset();
          } else {
            body.appendBuffer(part);
          }
        });
    return response
        .end()
        .map(
            v ->
                new Reply(response.statusCode(), seconds(response.getHeader("retry-after")), body));
  }

  private static int seconds(@Nullable String header) {
    return header != null && header.matches("\\d{1,6}") ? Integer.parseInt(header) : 0;
  }
}
