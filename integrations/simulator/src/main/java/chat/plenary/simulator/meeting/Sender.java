package chat.plenary.simulator.meeting;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends webhooks: signed, encrypted, one after the other, and again where they were not taken. */
final class Sender {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
  private static final String TAKEN = "successfully received callback";

  /** How often and when again is not documented. */
  private static final long[] AGAIN_MILLIS = {500, 2_000, 8_000};

  private static final int MOST_WAITING = 10_000;

  private final Vertx vertx;
  private final SimulatorOptions options;
  private final HttpClient client;
  private final Deque<String> queue = new ArrayDeque<>();
  private String url = "";
  private boolean sending;
  private int count;
  private int taken;

  Sender(Vertx vertx, SimulatorOptions options) {
    this.vertx = vertx;
    this.options = options;
    this.client = vertx.createHttpClient();
  }

  /** Tries an address, as the platform does when it is saved, and sends to it from then on. */
  Future<Void> register(String address) {
    String text = UUID.randomUUID().toString();
    String packed = pack(text);
    String query = "?check_str=" + URLEncoder.encode(packed, StandardCharsets.UTF_8);
    return send(HttpMethod.GET, address + query, packed, "")
        .compose(
            answer ->
                answer.equals(text)
                    ? Future.<Void>succeededFuture()
                    : Future.failedFuture("the address did not give back what it was sent"))
        .onSuccess(
            v -> {
              synchronized (this) {
                url = address;
              }
              next();
            });
  }

  /** Sends an event, in its turn. */
  void tell(String event, JsonObject payload) {
    JsonObject envelope =
        new JsonObject()
            .put("event", event)
            .put("trace_id", UUID.randomUUID().toString())
            .put("payload", new io.vertx.core.json.JsonArray().add(payload));
    synchronized (this) {
      if (options.token().isEmpty() || queue.size() >= MOST_WAITING) {
        return;
      }
      count++;
      String text = envelope.encode();
      if (options.unruly() && count % 5 == 0 && !queue.isEmpty()) {
        String before = queue.removeLast();
        queue.addLast(text);
        queue.addLast(before);
      } else {
        queue.addLast(text);
      }
      if (options.unruly() && count % 3 == 0) {
        queue.addLast(text);
      }
    }
    next();
  }

  /** How many were taken, repetitions too. */
  synchronized int taken() {
    return taken;
  }

  private void next() {
    String text;
    synchronized (this) {
      if (sending || url.isEmpty() || queue.isEmpty()) {
        return;
      }
      sending = true;
      text = queue.removeFirst();
    }
    attempt(text, 0)
        .onComplete(
            done -> {
              synchronized (this) {
                sending = false;
                taken += done.succeeded() ? 1 : 0;
              }
              next();
            });
  }

  private Future<Void> attempt(String text, int tries) {
    String packed = pack(text);
    String body = new JsonObject().put("data", packed).encode();
    return send(HttpMethod.POST, url, packed, body)
        .compose(
            answer ->
                answer.equals(TAKEN)
                    ? Future.<Void>succeededFuture()
                    : Future.failedFuture("another answer than " + TAKEN))
        .recover(
            failure -> {
              if (tries >= AGAIN_MILLIS.length) {
                LOG.warn("A webhook was given up: {}", failure.getMessage());
                return Future.failedFuture(failure);
              }
              Promise<Void> later = Promise.promise();
              vertx.setTimer(AGAIN_MILLIS[tries], id -> later.complete());
              return later.future().compose(v -> attempt(text, tries + 1));
            });
  }

  private Future<String> send(HttpMethod method, String address, String packed, String body) {
    String stamp = Long.toString(options.clock().millis());
    String nonce = Integer.toString(Math.abs(UUID.randomUUID().hashCode() % 100_000_000));
    RequestOptions request =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(address)
            .putHeader("timestamp", stamp)
            .putHeader("nonce", nonce)
            .putHeader("signature", sign(stamp, nonce, packed));
    if (!body.isEmpty()) {
      request.putHeader("content-type", "application/json");
    }
    // All on one context: off it, an answer could come before there is somebody to read it.
    Promise<String> answered = Promise.promise();
    vertx.runOnContext(
        v ->
            client
                .request(request)
                .compose(sent -> body.isEmpty() ? sent.send() : sent.send(body))
                .compose(Sender::text)
                .timeout(5, TimeUnit.SECONDS)
                .onComplete(answered));
    return answered.future();
  }

  private static Future<String> text(HttpClientResponse answer) {
    return answer
        .body()
        .compose(
            body ->
                answer.statusCode() == 200
                    ? Future.succeededFuture(body.toString(StandardCharsets.UTF_8))
                    : Future.failedFuture("HTTP " + answer.statusCode()));
  }

  /** SHA-1 over the four parts in the order of their code units. */
  private String sign(String stamp, String nonce, String packed) {
    StringBuilder all = new StringBuilder();
    new TreeSet<>(List.of(options.token(), stamp, nonce, packed)).forEach(all::append);
    try {
      StringBuilder hex = new StringBuilder();
      byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
      for (byte each : MessageDigest.getInstance("SHA-1").digest(bytes)) {
        hex.append(String.format("%02x", each));
      }
      return hex.toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String pack(String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    if (options.encodingAesKey().isEmpty()) {
      return Base64.getEncoder().withoutPadding().encodeToString(plain);
    }
    byte[] key = Base64.getDecoder().decode(options.encodingAesKey() + "=");
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, 16));
      return Base64.getEncoder().encodeToString(cipher.doFinal(plain));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Future<Void> close() {
    return client.close();
  }
}
