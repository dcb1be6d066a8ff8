package chat.plenary.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Plays Tencent's TMT: checks the signature by code of its own, and "translates" by shouting. */
final class TextTranslateDouble {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "TC3-HMAC-SHA256 Credential=([^/]+)/(\\d{4}-\\d{2}-\\d{2})/tmt/tc3_request, "
              + "SignedHeaders=content-type;host, Signature=([0-9a-f]{64})");

  private final HttpServer server;
  private final String id;
  private final String key;

  private TextTranslateDouble(HttpServer server, String id, String key) {
    this.server = server;
    this.id = id;
    this.key = key;
  }

  static Future<TextTranslateDouble> open(Vertx vertx, String id, String key) {
    TextTranslateDouble made = new TextTranslateDouble(vertx.createHttpServer(), id, key);
    return made.server
        .requestHandler(request -> request.body().onSuccess(body -> made.answer(request, body)))
        .listen(0, "127.0.0.1")
        .map(listening -> made);
  }

  int port() {
    return server.actualPort();
  }

  private void answer(HttpServerRequest request, Buffer body) {
    JsonObject question = body.toJsonObject();
    boolean good =
        "TextTranslate".equals(request.getHeader("x-tc-action")) && isSigned(request, body);
    JsonObject response =
        good
            ? new JsonObject()
                .put(
                    "TargetText",
                    question.getString("Target")
                        + ": "
                        + question.getString("SourceText").toUpperCase(Locale.ROOT))
            : new JsonObject().put("Error", new JsonObject().put("Code", "AuthFailure"));
    request.response().end(new JsonObject().put("Response", response).encode());
  }

  private boolean isSigned(HttpServerRequest request, Buffer body) {
    Matcher given = AUTHORIZATION.matcher(String.valueOf(request.getHeader("authorization")));
    if (!given.matches() || !given.group(1).equals(id)) {
      return false;
    }
    String canonical =
        "POST\n/\n\ncontent-type:"
            + request.getHeader("content-type")
            + "\nhost:"
            + request.getHeader("host")
            + "\n\ncontent-type;host\n"
            + sha(body.getBytes());
    String toSign =
        "TC3-HMAC-SHA256\n"
            + request.getHeader("x-tc-timestamp")
            + "\n"
            + given.group(2)
            + "/tmt/tc3_request\n"
            + sha(canonical.getBytes(StandardCharsets.UTF_8));
    byte[] derived = mac(("TC3" + key).getBytes(StandardCharsets.UTF_8), given.group(2));
    derived = mac(mac(derived, "tmt"), "tc3_request");
    return HexFormat.of().formatHex(mac(derived, toSign)).equals(given.group(3));
  }

  private static String sha(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
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
