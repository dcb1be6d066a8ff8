package chat.plenary.integrations.outgoing;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link Call} that an exchange holds; its body is the {@link Answer} then. Redirects are
 * not followed: a service that sends us elsewhere is not the one that was configured.
 */
public final class HttpStep extends AsyncProcessorSupport {
  private final Context context;
  private final HttpClient client;
  private final int seconds;
  private final int maxAnswer;

  /**
   * A step.
   *
   * @param context where all of it happens
   * @param seconds how long it may take to get a connection, and then an answer
   * @param maxAnswer bytes of an answer; a longer one is no answer
   */
  public HttpStep(Context context, HttpClient client, int seconds, int maxAnswer) {
    this.context = context;
    this.client = client;
    this.seconds = seconds;
    this.maxAnswer = maxAnswer;
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

  private Future<Answer> send(Call call) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(call.method())
            .setAbsoluteURI(call.address().toASCIIString())
            .setFollowRedirects(false);
    call.headers().forEach(options::putHeader);
    return client
        .request(options)
        .timeout(seconds, TimeUnit.SECONDS)
        .recover(failure -> lost(false, "cannot be reached"))
        .compose(request -> answer(request, call));
  }

  private Future<Answer> answer(HttpClientRequest request, Call call) {
    return request
        .send(call.body())
        .compose(this::read)
        .timeout(seconds, TimeUnit.SECONDS)
        .onFailure(failure -> request.reset())
        .recover(failure -> lost(true, "gave no answer in " + seconds + " s"))
        .compose(
            // What a proxy says while the service behind it is away.
            answer ->
                answer.status() >= 502 && answer.status() <= 504
                    ? lost(true, "answered " + answer.status())
                    : Future.succeededFuture(answer));
  }

  private Future<Answer> read(HttpClientResponse response) {
    Buffer body = Buffer.buffer();
    response.handler(
        part -> {
          if (body.length() + part.length() > maxAnswer) {
            response.request().reset();
          } else {
            body.appendBuffer(part);
          }
        });
    return response
        .end()
        .map(
            v ->
                new Answer(
                    response.statusCode(), seconds(response.getHeader("retry-after")), body));
  }

  private static int seconds(@Nullable String header) {
    return header != null && header.matches("\\d{1,6}") ? Integer.parseInt(header) : 0;
  }

  private static <T> Future<T> lost(boolean sent, String why) {
    return Future.failedFuture(new LostCall(sent, why));
  }
}
