package chat.plenary.simulator.speech;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Tencent's realtime speech translation, simulated. */
public final class SpeechTranslateSimulator {
  private static final Set<String> NEEDED =
      Set.of(
          "secretid",
          "timestamp",
          "expired",
          "nonce",
          "voice_id",
          "voice_format",
          "source",
          "target",
          "trans_model");
  private static final long DAYS_90 = 90L * 86_400;

  private final Vertx vertx;
  private final Clock clock;
  private final Options options;
  private final HttpServer server;
  private final Set<String> dead = ConcurrentHashMap.newKeySet();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile int cutAfterBytes;
  private volatile int refuseWith;
  private volatile int failWith;

  /**
   * Whose account it simulates.
   *
   * @param concurrent speeches of the account at once; the real service takes 5
   * @param script what it says that it hears
   */
  public record Options(
      String appId, String secretId, String secretKey, int concurrent, SpeechScript script) {}

  private SpeechTranslateSimulator(Vertx vertx, Clock clock, Options options) {
    this.vertx = vertx;
    this.clock = clock;
    this.options = options;
    this.server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false));
  }

  /** Opens it on a free port of this machine. */
  public static Future<SpeechTranslateSimulator> open(Vertx vertx, Clock clock, Options options) {
    SpeechTranslateSimulator simulator = new SpeechTranslateSimulator(vertx, clock, options);
    return simulator
        .server
        .webSocketHandler(simulator::connected)
        .listen(0, "127.0.0.1")
        .map(listening -> simulator);
  }

  /** Where it listens; 127.0.0.1. */
  public int port() {
    return server.actualPort();
  }

  /** Speeches that it took. */
  public int speeches() {
    return accepted.get();
  }

  /** Cuts the next speech without a word after some bytes of audio. */
  public void cutNextAfter(int bytes) {
    cutAfterBytes = bytes;
  }

  /** Refuses the next speech with a code. */
  public void refuseNext(int code) {
    refuseWith = code;
  }

  /** Fails the speech that gets audio next with a code. */
  public void failNext(int code) {
    failWith = code;
  }

  public Future<Void> close() {
    return server.close();
  }

  private void connected(ServerWebSocket socket) {
    Map<String, String> query = query(socket.query());
    String voice = query.getOrDefault("voice_id", "");
    int code = check(socket, query);
    if (code == 0 && !dead.add(voice)) {
      // A voice_id is good for one connection.
      code = 4001;
    }
    if (code == 0 && open.get() >= options.concurrent()) {
      code = 4006;
    }
    if (code == 0 && refuseWith != 0) {
      code = refuseWith;
      refuseWith = 0;
    }
    if (code != 0) {
      socket.writeTextMessage(
          new JsonObject()
              .put("code", code)
              .put("message", "refused")
              .put("voice_id", voice)
              .encode());
      socket.close();
      return;
    }
    open.incrementAndGet();
    accepted.incrementAndGet();
    int cut = cutAfterBytes;
    cutAfterBytes = 0;
    new SimulatedSpeech(vertx, socket, options.script(), query, cut, this::takeFailure)
        .start(open::decrementAndGet);
  }

  private int takeFailure() {
    int code = failWith;
    failWith = 0;
    return code;
  }

  private int check(ServerWebSocket socket, Map<String, String> query) {
    if (!socket.path().equals("/asr/speech_translate/" + options.appId())
        || !query.keySet().containsAll(NEEDED)
        || !query.getOrDefault("voice_format", "").equals("1")
        || !query.getOrDefault("nonce", "").matches("[0-9]{1,10}")
        || query.getOrDefault("voice_id", "").length() > 128) {
      return 4001;
    }
    long now = clock.instant().getEpochSecond();
    long at = number(query.get("timestamp"));
    long expired = number(query.get("expired"));
    boolean inTime = Math.abs(now - at) <= 300 && expired > at && expired - at < DAYS_90;
    String given = query.get("signature");
    String own = signature(socket.authority().toString(), socket.path(), query);
    boolean same =
        given != null
            && MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), own.getBytes(StandardCharsets.UTF_8));
    return inTime && same && options.secretId().equals(query.get("secretid")) ? 0 : 4002;
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,12}") ? Long.parseLong(text) : -1;
  }

  private String signature(String host, String path, Map<String, String> query) {
    String plain =
        new TreeSet<>(query.keySet())
            .stream()
                .filter(key -> !key.equals("signature"))
                .map(key -> key + "=" + query.get(key))
                .collect(Collectors.joining("&", host + path + "?", ""));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(options.secretKey().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(plain.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> query(@Nullable String text) {
    Map<String, String> query = new HashMap<>();
    for (String pair : text == null ? new String[0] : text.split("&")) {
      int at = pair.indexOf('=');
      if (at > 0) {
        query.put(
            pair.substring(0, at),
            URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
      }
    }
    return query;
  }
}
