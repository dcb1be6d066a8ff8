package chat.plenary.simulator.speech;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tencent's simultaneous interpretation (TSI), simulated: {@code TongChuanSync} and {@code
 * TongChuanDisplay}. Used on one event loop.
 */
public final class TsiSimulator {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "TC3-HMAC-SHA256 Credential=([^/]+)/(\\d{4}-\\d{2}-\\d{2})/([a-z0-9]+)/tc3_request, "
              + "SignedHeaders=content-type;host, Signature=([0-9a-f]{64})");
  private static final int PIECE = 6_400;
  private static final int SESSIONS = 100;

  private final Clock clock;
  private final Options options;
  private final HttpServer server;
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private final Map<String, Session> sessions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > SESSIONS;
        }
      };

  /** Whose account it simulates, and what it says that it hears. */
  public record Options(String secretId, String secretKey, SpeechScript script) {}

  private static final class Session {
    long seq = -1;
    long bytes;
    int next;
    long version;
    boolean ended;
    @Nullable String codec;
  }

  private TsiSimulator(Vertx vertx, Clock clock, Options options) {
    this.clock = clock;
    this.options = options;
    this.server = vertx.createHttpServer();
  }

  /** Opens it on a free port of this machine. */
  public static Future<TsiSimulator> open(Vertx vertx, Clock clock, Options options) {
    TsiSimulator simulator = new TsiSimulator(vertx, clock, options);
    return simulator
        .server
        .requestHandler(
            request -> request.body().onSuccess(body -> simulator.answer(request, body)))
        .listen(0, "127.0.0.1")
        .map(listening -> simulator);
  }

  /** Where it listens; 127.0.0.1. */
  public int port() {
    return server.actualPort();
  }

  /** Fails the next call with a code. */
  public void failNext(String code) {
    failure.set(code);
  }

  public Future<Void> close() {
    return server.close();
  }

  private synchronized void answer(HttpServerRequest request, Buffer body) {
    JsonObject response;
    try {
      String fail = failure.getAndSet(null);
      check(request, body);
      if (fail != null) {
        throw new Failed(fail);
      }
      JsonObject question = body.toJsonObject();
      response =
          switch (String.valueOf(request.getHeader("x-tc-action"))) {
            case "TongChuanSync" -> sync(question);
            case "TongChuanDisplay" -> display(question);
            default -> throw new Failed("InvalidAction");
          };
    } catch (Failed failed) {
      response =
          new JsonObject()
              .put(
                  "Error",
                  new JsonObject().put("Code", failed.getMessage()).put("Message", "simulated"));
    } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
      response =
          new JsonObject()
              .put(
                  "Error",
                  new JsonObject().put("Code", "InvalidParameter").put("Message", "simulated"));
    }
    response.put("RequestId", UUID.randomUUID().toString());
    // Errors come with 200 too.
    request
        .response()
        .putHeader("content-type", "application/json")
        .end(new JsonObject().put("Response", response).encode());
  }

  private static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed(String code) {
      super(code, null, false, false);
    }
  }

  private JsonObject sync(JsonObject question) {
    String uuid = question.getString("SessionUuid", "");
    byte[] audio = Base64.getDecoder().decode(question.getString("Data", ""));
    long seq = question.getLong("Seq", -1L);
    int end = question.getInteger("IsEnd", -1);
    if (uuid.isEmpty()
        || question.getInteger("AudioFormat", 0) != 1
        || question.getLong("Utc", 0L) <= 0) {
      throw new Failed("InvalidParameter");
    }
    if (end != 0 && end != 1) {
      throw new Failed("UnsupportedOperation.IsEnd");
    }
    Session session = sessions.computeIfAbsent(uuid, id -> new Session());
    if (session.ended || seq != session.seq + 1) {
      throw new Failed("InvalidParameter");
    }
    session.codec = codec(question);
    session.seq = seq;
    session.ended = end == 1;
    // Less than 200 ms is dropped.
    session.bytes += audio.length < PIECE ? 0 : audio.length;
    return list(session, session.bytes / 32);
  }

  /** In which form voice is wanted; null for none. */
  private static @Nullable String codec(JsonObject question) {
    JsonObject tts = question.getJsonObject("TTS");
    if (tts == null) {
      return null;
    }
    String codec = tts.getString("Codec", "");
    if ((!codec.equals("wav") && !codec.equals("pcm"))
        || tts.getInteger("VoiceType") == null
        || tts.getInteger("SampleRate", 16_000) != 16_000) {
      throw new Failed("InvalidParameter");
    }
    return codec;
  }

  private JsonObject display(JsonObject question) {
    if (question.getInteger("IsNew", 0) != 1) {
      throw new Failed("UnsupportedOperation.IsNew");
    }
    if (question.getInteger("SeMax", 0) < 1) {
      throw new Failed("UnsupportedOperation.SeMax");
    }
    Session session = sessions.get(question.getString("SessionUuid", ""));
    if (session == null) {
      throw new Failed("InvalidParameter");
    }
    // After the end a pause is taken to have followed.
    return list(session, session.bytes / 32 + (session.ended ? 450 : 0));
  }

  private JsonObject list(Session session, long ms) {
    JsonArray list = new JsonArray();
    for (SpeechScript.Said said : options.script().within(ms, session.next)) {
      JsonObject sentence =
          new JsonObject()
              .put("SeId", "s" + said.number())
              .put("SeVer", ++session.version)
              .put("SourceText", said.source())
              .put("TargetText", said.target())
              .put("StartTime", said.fromMs())
              .put("EndTime", said.toMs())
              .put("IsEnd", said.complete());
      list.add(sentence);
      if (said.complete()) {
        String codec = session.codec;
        if (codec != null) {
          byte[] voice = SimulatedVoice.samples(said.number(), said.target());
          byte[] audio = codec.equals("wav") ? SimulatedVoice.wav(voice) : voice;
          sentence.put("Audio", Base64.getEncoder().encodeToString(audio));
        }
        session.next = said.number() + 1;
      }
    }
    return new JsonObject().put("List", list);
  }

  private void check(HttpServerRequest request, Buffer body) {
    Matcher given = AUTHORIZATION.matcher(String.valueOf(request.getHeader("authorization")));
    String at = String.valueOf(request.getHeader("x-tc-timestamp"));
    if (!request.path().equals("/")
        || !"2021-03-25".equals(request.getHeader("x-tc-version"))
        || !given.matches()
        || !at.matches("[0-9]{1,12}")) {
      throw new Failed("AuthFailure.InvalidAuthorization");
    }
    if (Math.abs(clock.instant().getEpochSecond() - Long.parseLong(at)) > 300) {
      throw new Failed("AuthFailure.SignatureExpire");
    }
    String scope = given.group(2) + "/" + given.group(3) + "/tc3_request";
    String canonical =
        String.join(
            "\n",
            "POST",
            "/",
            "",
            "content-type:" + request.getHeader("content-type"),
            "host:" + request.getHeader("host"),
            "",
            "content-type;host",
            hex(sha(body.getBytes())));
    String toSign =
        String.join(
            "\n",
            "TC3-HMAC-SHA256",
            at,
            scope,
            hex(sha(canonical.getBytes(StandardCharsets.UTF_8))));
    byte[] key =
        mac(("TC3" + options.secretKey()).getBytes(StandardCharsets.UTF_8), given.group(2));
    key = mac(mac(key, given.group(3)), "tc3_request");
    if (!given.group(1).equals(options.secretId())
        || !hex(mac(key, toSign)).equals(given.group(4))) {
      throw new Failed("AuthFailure.SignatureFailure");
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] sha(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
