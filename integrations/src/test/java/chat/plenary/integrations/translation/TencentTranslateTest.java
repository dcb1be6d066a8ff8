package chat.plenary.integrations.translation;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.fault.Fault;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Against a server that checks the signature by code of its own. */
class TencentTranslateTest extends EngineContract {
  @Override
  EngineSettings settings(URI address) {
    return EngineSettings.tencent(
        "tencent", "Tencent TMT", true, address, "AKIDEXAMPLE0001", SECRET, "ap-guangzhou");
  }

  private static byte[] mac(byte[] key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String signature(HttpServerRequest request, String body) {
    try {
      String type = request.getHeader("content-type");
      String host = request.getHeader("host");
      String canonical =
          String.join(
              "\n",
              "POST",
              "/",
              "",
              "content-type:" + type,
              "host:" + host,
              "",
              "content-type;host",
              sha(body));
      String scope = "2026-11-24/tmt/tc3_request";
      String toSign =
          String.join(
              "\n", "TC3-HMAC-SHA256", request.getHeader("x-tc-timestamp"), scope, sha(canonical));
      byte[] key = mac(("TC3" + SECRET).getBytes(StandardCharsets.UTF_8), "2026-11-24");
      key = mac(mac(key, "tmt"), "tc3_request");
      return "TC3-HMAC-SHA256 Credential=AKIDEXAMPLE0001/"
          + scope
          + ", SignedHeaders=content-type;host, Signature="
          + HexFormat.of().formatHex(mac(key, toSign));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static JsonObject response(JsonObject content) {
    return new JsonObject().put("Response", content.put("RequestId", "r-1"));
  }

  private static JsonObject error(String code) {
    return response(
        new JsonObject()
            .put("Error", new JsonObject().put("Code", code).put("Message", "SEKRET " + TEXT)));
  }

  @Override
  JsonObject answer(HttpServerRequest request, JsonObject body) {
    if (!signature(request, body.encode()).equals(request.getHeader("authorization"))) {
      return error("AuthFailure.SignatureFailure");
    }
    assertThat(request.getHeader("x-tc-action")).isEqualTo("TextTranslate");
    assertThat(request.getHeader("x-tc-version")).isEqualTo("2018-03-21");
    assertThat(request.getHeader("x-tc-region")).isEqualTo("ap-guangzhou");
    return response(
        new JsonObject()
            .put(
                "TargetText",
                body.getString("Target").toUpperCase(Locale.ROOT)
                    + " "
                    + body.getString("SourceText")));
  }

  @Test
  void itsErrorsAreToldApart() {
    Map<String, Fault.Code> codes =
        Map.of(
            "AuthFailure.SignatureExpire", Fault.Code.FORBIDDEN,
            "FailedOperation.UserNotRegistered", Fault.Code.FORBIDDEN,
            "RequestLimitExceeded", Fault.Code.TOO_MANY,
            "LimitExceeded.LimitedAccessFrequency", Fault.Code.TOO_MANY,
            "FailedOperation.NoFreeAmount", Fault.Code.TOO_MANY,
            "UnsupportedOperation.TextTooLong", Fault.Code.INVALID,
            "InternalError.BackendTimeout", Fault.Code.UNAVAILABLE);
    codes.forEach(
        (code, expected) -> {
          server.answer = (request, body) -> error(code);
          Fault fault = refusedSlowly();
          assertThat(fault.code()).as(code).isEqualTo(expected);
          assertThat(fault.getMessage()).contains(code);
        });
  }

  /** It is asked five times a second at the most. */
  private Fault refusedSlowly() {
    try {
      Thread.sleep(250);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return refused();
  }

  @Test
  void arabicGoesIntoChineseAndEnglishOnly() throws Exception {
    assertThat(engine.translates("ar", "zh")).isTrue();
    assertThat(engine.translates("en", "ar")).isTrue();
    assertThat(engine.translates("fr", "ar")).isFalse();
    assertThat(engine.translates("ru", "zh-Hant")).isTrue();
    assertThat(await(engine.translate(TEXT, "en", "zh-Hant"))).startsWith("ZH-TW ");
  }
}
