package chat.plenary.integrations.speech;

import chat.plenary.integrations.tencent.Tc3;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.Speech;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tencent's simultaneous interpretation (TSI): one call of {@code TongChuanSync} for each 200 ms of
 * a speech.
 */
public final class Tsi extends PairInterpreter {
  static final String VERSION = "2021-03-25";
  private static final long PATIENCE_MILLIS = 8_000;

  /** Room for two minutes of voice. */
  private static final int MAX_ANSWER = 6 * 1_024 * 1_024;

  private static final Map<String, Set<String>> PAIRS =
      Map.of(
          "zh", Set.of("en", "ja", "ko", "yue"),
          "en", Set.of("zh"),
          "ja", Set.of("zh"),
          "ko", Set.of("zh"),
          "yue", Set.of("zh"));

  private final Vertx vertx;
  private final Clock clock;
  private final Options options;
  private final HttpClient client;
  private final Tc3 signer;

  /**
   * How it is reached.
   *
   * @param base {@code https://tsi.tencentcloudapi.com} unless it is a proxy or a simulation
   * @param region such as {@code ap-guangzhou}
   * @param secretId the id of the account's key
   * @param secretKey the key
   * @param voice the number of the voice that speaks translations ({@code VoiceType}); null for
   *     none
   * @param title what people call it
   * @param outside whether audio leaves the organisation's own machines; false for a simulation
   */
  public record Options(
      URI base,
      String region,
      String secretId,
      String secretKey,
      @Nullable Integer voice,
      String title,
      boolean outside) {
    public Options {
      String scheme = base.getScheme();
      if (base.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
        throw new IllegalArgumentException("the address must begin with https:// or http://");
      }
    }

    @Override
    public String toString() {
      return "Options[" + base + "]";
    }

    boolean tls() {
      return base.getScheme().equals("https");
    }

    int port() {
      return base.getPort() > 0 ? base.getPort() : tls() ? 443 : 80;
    }

    String authority() {
      return base.getPort() > 0 ? base.getHost() + ":" + base.getPort() : base.getHost();
    }
  }

  public Tsi(Vertx vertx, Clock clock, Options options) {
    super(options.title(), options.outside(), PAIRS);
    this.vertx = vertx;
    this.clock = clock;
    this.options = options;
    this.signer = new Tc3(options.secretId(), options.secretKey(), "tsi");
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) PATIENCE_MILLIS),
            new PoolOptions().setHttp1MaxSize(64).setMaxWaitQueueSize(64));
  }

  @Override
  public String name() {
    return "tencent-tsi";
  }

  @Override
  public boolean speaks(String from, String to) {
    return options.voice() != null && interprets(from, to);
  }

  /** It is reached with the first audio: nothing is asked of it before. */
  @Override
  Future<Session> open(
      String source, String target, @Nullable String wanted, Consumer<Speech> heard) {
    return Future.succeededFuture(
        new TsiSession(vertx, clock, this::call, source, target, wanted, options.voice(), heard));
  }

  /** Calls an action; fails in words for people. */
  private Future<JsonObject> call(String action, JsonObject question) {
    Buffer body = question.toBuffer();
    Instant now = clock.instant();
    RequestOptions to =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(options.base().getHost())
            .setPort(options.port())
            .setSsl(options.tls())
            .setURI("/")
            .setTimeout(PATIENCE_MILLIS)
            .putHeader("Host", options.authority())
            .putHeader("Content-Type", Tc3.CONTENT_TYPE)
            .putHeader("X-TC-Action", action)
            .putHeader("X-TC-Version", VERSION)
            .putHeader("X-TC-Timestamp", Long.toString(now.getEpochSecond()))
            .putHeader("X-TC-Region", options.region())
            .putHeader(
                "Authorization", signer.authorization(options.authority(), now, body.getBytes()));
    Promise<Buffer> answered = Promise.promise();
    // On an event loop, which the answer comes on too: else its body may be there before anything
    // listens to it, and is lost.
    vertx
        .getOrCreateContext()
        .runOnContext(
            v ->
                client
                    .request(to)
                    .compose(request -> request.send(body))
                    .compose(answer -> answer.body())
                    .onComplete(answered));
    return answered
        .future()
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                Future.failedFuture(
                    Fault.of(Fault.Code.UNAVAILABLE, title() + " cannot be reached: try again.")))
        .map(this::read);
  }

  private JsonObject read(Buffer body) {
    try {
      JsonObject answer = body.length() > MAX_ANSWER ? null : body.toJsonObject();
      if (answer != null && answer.getValue("Response") instanceof JsonObject response) {
        if (response.getValue("Error") instanceof JsonObject error) {
          throw fault(String.valueOf(error.getValue("Code")));
        }
        return response;
      }
    } catch (DecodeException | ClassCastException e) {
      // Told below, as any other answer of another shape.
    }
    throw Fault.of(Fault.Code.UNAVAILABLE, title() + " answered what is not understood.");
  }

  /** What a code of Tencent Cloud's API means; shown with the code as it was told. */
  private Fault fault(String code) {
    String shown = code.matches("[A-Za-z.]{1,80}") ? " (" + code + ")." : ".";
    if (code.startsWith("AuthFailure")) {
      return Fault.of(Fault.Code.FORBIDDEN, title() + " does not take the key" + shown);
    } else if (code.startsWith("RequestLimitExceeded") || code.startsWith("LimitExceeded")) {
      return Fault.tooMany(title() + " is asked too often" + shown, 1);
    } else if (code.contains("NoFreeAmount") || code.contains("Arrears")) {
      return Fault.tooMany(title() + " has used up what this account has paid for" + shown, 3_600);
    } else if (code.startsWith("Invalid") || code.startsWith("Unsupported")) {
      return Fault.of(Fault.Code.INVALID, title() + " does not take what it was sent" + shown);
    } else if (code.startsWith("FailedOperation.UserNotRegistered")) {
      return Fault.of(Fault.Code.FORBIDDEN, title() + " is not opened for this account" + shown);
    }
    return Fault.of(Fault.Code.UNAVAILABLE, title() + " failed" + shown);
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }
}
