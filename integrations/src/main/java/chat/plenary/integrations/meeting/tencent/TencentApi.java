package chat.plenary.integrations.meeting.tencent;

import chat.plenary.integrations.meeting.wire.Line;
import chat.plenary.integrations.meeting.wire.Query;
import chat.plenary.integrations.outgoing.Call;
import chat.plenary.messaging.fault.Fault;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signed calls of the API. */
final class TencentApi {
  private final TencentOptions options;
  private final Line line;
  private final Clock clock;
  private final Errors errors;
  private final SecureRandom random = new SecureRandom();

  TencentApi(TencentOptions options, Line line, Clock clock) {
    this.options = options;
    this.line = line;
    this.clock = clock;
    this.errors = new Errors(options.title());
  }

  /** Asks; fails as a {@link Fault} on any error. */
  Future<JsonObject> get(String path, Query query) {
    return ask(path, query, null).compose(reply -> good(reply, false));
  }

  /** Asks with an STS token, where there is one, and gives errors back. */
  Future<Reply> ask(String path, Query query, @Nullable String stsToken) {
    return send(HttpMethod.GET, path + "?" + query.encode(), "", stsToken, false);
  }

  /** Changes something, and gives errors back. */
  Future<Reply> change(HttpMethod method, String path, JsonObject body) {
    return send(method, path, body.encode(), null, true);
  }

  /** What a good reply holds; any other is a fault. */
  Future<JsonObject> good(Reply reply, boolean changes) {
    return reply.good()
        ? Future.succeededFuture(reply.json())
        : Future.failedFuture(errors.fault(reply, changes));
  }

  /** The fault for an answer that lacks what it must have. */
  Fault shapeless() {
    return Fault.of(Fault.Code.UNAVAILABLE, options.title() + " gave an answer of another shape.");
  }

  /** A query that names who asks. */
  Query operator() {
    return new Query()
        .put("operator_id", options.userid())
        .put("operator_id_type", 1)
        .put("userid", options.userid())
        .put("instanceid", 1);
  }

  private Future<Reply> send(
      HttpMethod method, String uri, String body, @Nullable String stsToken, boolean changes) {
    String path = options.base().getRawPath() + uri;
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    String nonce = Long.toString(clock.millis()) + (100_000 + random.nextInt(900_000));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("X-TC-Key", options.secretId());
    headers.put("X-TC-Timestamp", timestamp);
    headers.put("X-TC-Nonce", nonce);
    headers.put(
        "X-TC-Signature",
        RequestSignature.of(
            options.secretId(), options.secretKey(), method.name(), nonce, timestamp, path, body));
    headers.put("AppId", options.appId());
    headers.put("X-TC-Registered", "1");
    if (!options.sdkId().isEmpty()) {
      headers.put("SdkId", options.sdkId());
    }
    if (stsToken != null) {
      headers.put("STS-Token", stsToken);
    }
    URI address = URI.create(options.base() + uri);
    return line.send(new Call(method, address, headers, Buffer.buffer(body), changes))
        .map(Reply::of);
  }
}
