package chat.plenary.integrations.translation;

import chat.plenary.integrations.tencent.Tc3;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.Language;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tencent's TMT, action TextTranslate. Chinese, English, French, Spanish and Russian go into each
 * other; Arabic into Chinese and English only. Tencent is said to be withdrawing it.
 */
final class TencentTranslate extends RemoteEngine {
  private static final Set<String> ALL = Set.of("zh", "en", "fr", "es", "ru");
  private static final Set<String> ARABIC = Set.of("zh", "en");
  private static final int PAUSE = 1;
  private static final int LONG_PAUSE = 600;

  private final Clock clock;
  private final Tc3 signer;
  private final String host;

  TencentTranslate(EngineSettings settings, Line line, Clock clock) {
    super(settings, line);
    this.clock = clock;
    String id = settings.keyId();
    String key = settings.key();
    if (id == null || key == null) {
      throw new IllegalArgumentException("the engine " + settings.name() + " needs keyId and key");
    }
    this.signer = new Tc3(id, key, "tmt");
    URI base = settings.address();
    this.host = base.getPort() > 0 ? base.getHost() + ":" + base.getPort() : base.getHost();
  }

  @Override
  public boolean translates(String from, String to) {
    String source = Language.base(from);
    String target = Language.base(to);
    return (ALL.contains(source) && ALL.contains(target))
        || (source.equals("ar") && ARABIC.contains(target))
        || (target.equals("ar") && ARABIC.contains(source));
  }

  @Override
  public Future<String> translate(String text, String from, String to) {
    Buffer body =
        new JsonObject()
            .put("SourceText", text)
            .put("Source", code(from))
            .put("Target", code(to))
            .put("ProjectId", 0)
            .toBuffer();
    Instant now = clock.instant();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", Tc3.CONTENT_TYPE);
    headers.put("X-TC-Action", "TextTranslate");
    headers.put("X-TC-Version", "2018-03-21");
    headers.put("X-TC-Timestamp", String.valueOf(now.getEpochSecond()));
    headers.put("X-TC-Region", settings.region());
    headers.put("Authorization", signer.authorization(host, now, body.getBytes()));
    return line.post("/", headers, body).map(TencentTranslate::text);
  }

  private static String code(String tag) {
    return tag.startsWith("zh-Hant") ? "zh-TW" : Language.base(tag);
  }

  private static String text(JsonObject answer) {
    if (!(answer.getValue("Response") instanceof JsonObject response)) {
      throw Replies.shape();
    }
    if (response.getValue("Error") instanceof JsonObject error) {
      throw fault(String.valueOf(error.getValue("Code")));
    }
    if (response.getValue("TargetText") instanceof String text) {
      return text;
    }
    throw Replies.shape();
  }

  private static Fault fault(String code) {
    String said = "Tencent says " + (code.matches("[A-Za-z.]{1,80}") ? code : "an error") + ".";
    if (code.startsWith("AuthFailure")
        || code.startsWith("UnauthorizedOperation")
        || code.equals("FailedOperation.UserNotRegistered")) {
      return Fault.of(Fault.Code.FORBIDDEN, said);
    }
    if (code.startsWith("RequestLimitExceeded") || code.startsWith("LimitExceeded")) {
      return Fault.tooMany(said, PAUSE);
    }
    if (code.equals("FailedOperation.NoFreeAmount")
        || code.equals("FailedOperation.ServiceIsolate")
        || code.equals("FailedOperation.StopUsing")) {
      return Fault.tooMany(said, LONG_PAUSE);
    }
    return code.startsWith("InvalidParameter") || code.startsWith("UnsupportedOperation")
        ? Fault.of(Fault.Code.INVALID, said)
        : Fault.of(Fault.Code.UNAVAILABLE, said);
  }
}
