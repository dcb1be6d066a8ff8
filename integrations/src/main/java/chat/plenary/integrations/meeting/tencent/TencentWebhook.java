package chat.plenary.integrations.meeting.tencent;

import chat.plenary.integrations.meeting.wire.Loose;
import chat.plenary.integrations.meeting.wire.Signing;
import chat.plenary.integrations.meeting.wire.Webhook;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Webhooks of Tencent Meeting. */
public final class TencentWebhook implements Webhook {
  /** How far ahead of ours the service's clock may be. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private final TencentOptions options;
  private final Envelope envelope;
  private final TencentEvents events;
  private final StsTokens tokens;
  private final Clock clock;

  /** Webhooks of a service whose options name a token. */
  public TencentWebhook(TencentOptions options, Store store, Clock clock) {
    this.options = options;
    this.envelope = new Envelope(options.token(), options.encodingAesKey());
    this.events = new TencentEvents(options.sameUserids());
    this.tokens = new StsTokens(store, options.name(), clock);
    this.clock = clock;
  }

  /** The service tries the address: what it sent is given back, unpacked and bare. */
  @Override
  public Response check(Request request) {
    // A plus that was not encoded arrives as a space.
    String text = String.valueOf(request.query("check_str")).replace(' ', '+');
    verify(request, text);
    return plain(open(text));
  }

  @Override
  public Notice read(Request request) {
    JsonObject body;
    try {
      body = request.bytes().toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw Fault.invalid("body", "This must be a JSON object.");
    }
    String data = Loose.text(body, "data");
    verify(request, data);
    JsonObject told;
    try {
      told = new JsonObject(open(data));
    } catch (DecodeException | ClassCastException e) {
      throw Fault.invalid("data", "This must hold a JSON object.");
    }
    String id =
        Loose.first(
            Loose.text(told, "trace_id", 128),
            Loose.text(told, "unique_sequence", 128),
            Signing.hex(Signing.hash("SHA-256", Signing.bytes(data))));
    return new Notice(id, events.read(told, clock.instant()), token(told));
  }

  /** The signature is right, and the time within the window. */
  private void verify(Request request, String data) {
    String timestamp = String.valueOf(request.header("timestamp"));
    String nonce = String.valueOf(request.header("nonce"));
    String signature = String.valueOf(request.header("signature"));
    if (data.isEmpty() || !envelope.signed(timestamp, nonce, data, signature)) {
      throw Fault.of(Fault.Code.UNAUTHENTICATED, "The signature is not right.");
    }
    Instant at = Loose.time(new JsonObject().put("at", timestamp), "at");
    Instant now = clock.instant();
    if (at == null
        || at.isAfter(now.plus(AHEAD))
        || at.isBefore(now.minus(options.replayWindow()))) {
      throw Fault.of(
          Fault.Code.UNAUTHENTICATED,
          "The timestamp is out of the window of "
              + options.replayWindow().toMinutes()
              + " minutes: this is a repetition, or a clock is wrong.");
    }
  }

  private String open(String data) {
    try {
      return envelope.open(data);
    } catch (IllegalArgumentException e) {
      throw Fault.invalid("data", "This cannot be decoded: is the EncodingAESKey right?");
    }
  }

  private static String token(JsonObject told) {
    if (!Loose.text(told, "event").equals("common.sts-token")) {
      return "";
    }
    for (JsonObject payload : Loose.objects(told, "payload", 10)) {
      JsonObject info = Loose.object(payload, "token_info");
      if (!Loose.text(info, "sts_token").isEmpty()) {
        return info.encode();
      }
    }
    return "";
  }

  @Override
  public Future<Void> keep(Notice notice) {
    if (notice.secret().isEmpty()) {
      return Future.succeededFuture();
    }
    JsonObject info = new JsonObject(notice.secret());
    String token = Loose.text(info, "sts_token");
    @Nullable Instant expires = Loose.time(info, "expire_ts");
    return !token.matches("[\\x21-\\x7e]{1,4096}") || expires == null
        ? Future.succeededFuture()
        : tokens.keep(token, expires);
  }

  @Override
  public Response taken() {
    return plain("successfully received callback");
  }

  private static Response plain(String text) {
    return Response.of("text/plain; charset=utf-8", Buffer.buffer(text))
        .with("cache-control", "no-store");
  }
}
