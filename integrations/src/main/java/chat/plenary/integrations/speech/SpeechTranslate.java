package chat.plenary.integrations.speech;

import chat.plenary.messaging.interpretation.Speech;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tencent's realtime speech translation ({@code speech_translate}): one WebSocket a speech. */
public final class SpeechTranslate extends PairInterpreter {
  private static final int PATIENCE_SECONDS = 10;
  private static final long GOOD_FOR_SECONDS = 24 * 3_600;

  private final Vertx vertx;
  private final Clock clock;
  private final Options options;
  private final WebSocketClient client;
  private final SecureRandom random = new SecureRandom();

  /**
   * How it is reached.
   *
   * @param base {@code wss://asr.cloud.tencent.com} unless it is a proxy or a simulation
   * @param appId the account's application id
   * @param secretId the id of the account's key
   * @param secretKey the key
   * @param model what translates, such as {@code hunyuan-translation-lite}
   * @param pairs the languages that it hears, and those that it translates each into
   * @param title what people call it
   * @param outside whether audio leaves the organisation's own machines; false for a simulation
   */
  public record Options(
      URI base,
      String appId,
      String secretId,
      String secretKey,
      String model,
      Map<String, Set<String>> pairs,
      String title,
      boolean outside) {
    public Options {
      pairs = Map.copyOf(pairs);
      String scheme = base.getScheme();
      if (base.getHost() == null || !("wss".equals(scheme) || "ws".equals(scheme))) {
        throw new IllegalArgumentException("the address must begin with wss:// or ws://");
      }
    }

    @Override
    public String toString() {
      return "Options[" + base + "]";
    }

    int port() {
      return base.getPort() > 0 ? base.getPort() : base.getScheme().equals("wss") ? 443 : 80;
    }

    String authority() {
      return base.getPort() > 0 ? base.getHost() + ":" + base.getPort() : base.getHost();
    }
  }

  public SpeechTranslate(Vertx vertx, Clock clock, Options options) {
    super(options.title(), options.outside(), options.pairs());
    this.vertx = vertx;
    this.clock = clock;
    this.options = options;
    this.client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setConnectTimeout(PATIENCE_SECONDS * 1_000)
                .setMaxFrameSize(256 * 1_024)
                .setMaxMessageSize(256 * 1_024)
                .setMaxConnections(64));
  }

  @Override
  public String name() {
    return "tencent-speech";
  }

  @Override
  Future<Session> open(
      String source, String target, @Nullable String wanted, Consumer<Speech> heard) {
    WebSocketConnectOptions to =
        new WebSocketConnectOptions()
            .setHost(options.base().getHost())
            .setPort(options.port())
            .setSsl(options.base().getScheme().equals("wss"))
            .setAllowOriginHeader(false)
            .setURI(address(source, target))
            .setTimeout(PATIENCE_SECONDS * 1_000L);
    return new SpeechTranslateSession(vertx, client.webSocket(), title(), wanted, heard).open(to);
  }

  private String address(String source, String target) {
    long now = clock.instant().getEpochSecond();
    SortedMap<String, String> query = new TreeMap<>();
    query.put("secretid", options.secretId());
    query.put("timestamp", Long.toString(now));
    query.put("expired", Long.toString(now + GOOD_FOR_SECONDS));
    query.put("nonce", Integer.toString(1 + random.nextInt(999_999_999)));
    query.put("voice_id", UUID.randomUUID().toString());
    query.put("voice_format", "1");
    query.put("source", source);
    query.put("target", target);
    query.put("trans_model", options.model());
    return SpeechTranslateSignature.address(
        options.authority(),
        "/asr/speech_translate/" + options.appId(),
        query,
        options.secretKey());
  }

  @Override
  public Future<Void> close() {
    return client.shutdown(1, TimeUnit.SECONDS);
  }
}
