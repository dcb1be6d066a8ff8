package chat.plenary.lab.captions;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Pushes captions as Tencent Meeting does, by signed and encrypted webhooks to any node, several at once. What
 * was not taken is sent again, to any node, until it is.
 */
public final class Pusher {
  private static final String TAKEN = "successfully received callback";
  private static final int WORKERS = 6;
  private static final int FORGED_EVERY = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final List<String> nodes;
  private final String token;
  private final byte[] key;
  private final String meeting;
  private final List<List<Speech.Version>> webhooks;
  private final long seed;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();
  private final AtomicInteger forged = new AtomicInteger();
  private final AtomicInteger forgedTaken = new AtomicInteger();
  private final Map<String, Long> sent = new ConcurrentHashMap<>();
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean stopped;

  /**
   * A pusher.
   *
   * @param encodingAesKey 43 characters
   * @param meeting the service's own id of the meeting
   */
  public Pusher(
      List<String> nodes,
      String token,
      String encodingAesKey,
      String meeting,
      List<List<Speech.Version>> webhooks,
      long seed) {
    this.nodes = List.copyOf(nodes);
    this.token = token;
    this.key = Base64.getDecoder().decode(encodingAesKey + "=");
    this.meeting = meeting;
    this.webhooks = webhooks;
    this.seed = seed;
  }

  /** Begins. */
  public void begin() {
    for (int i = 0; i < WORKERS; i++) {
      Random random = new Random(seed * 31 + i);
      Thread worker = new Thread(() -> work(random), "pusher-" + i);
      worker.setDaemon(true);
      worker.start();
      workers.add(worker);
    }
  }

  /** Whether everything was taken. */
  public boolean done() {
    return workers.stream().noneMatch(Thread::isAlive);
  }

  /** Sends nothing more. */
  public void stop() {
    stopped = true;
  }

  /** How many webhooks were begun. */
  public int begun() {
    return Math.min(next.get(), webhooks.size());
  }

  /** How many were sent again, since they were not taken. */
  public int repeated() {
    return repeated.get();
  }

  /** How many were sent that must not be taken, and how many of these were. */
  public int forged() {
    return forged.get();
  }

  public int forgedTaken() {
    return forgedTaken.get();
  }

  /** When something of a sentence was first sent, by its key, in nanoseconds. */
  public Map<String, Long> sent() {
    return sent;
  }

  /** When something of a sentence was first acknowledged. */
  public Map<String, Long> acknowledged() {
    return acknowledged;
  }

  private void work(Random random) {
    try {
      int number = next.getAndIncrement();
      while (number < webhooks.size() && !stopped) {
        push(number, webhooks.get(number), random);
        if (number % FORGED_EVERY == 0) {
          forge(number, random);
        }
        number = next.getAndIncrement();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void push(int number, List<Speech.Version> versions, Random random)
      throws InterruptedException {
    long now = System.nanoTime();
    versions.forEach(one -> sent.putIfAbsent(one.key(), now));
    String data = packed("t" + seed + "-" + number, "meeting.asr-push", said(versions));
    while (!stopped) {
      String stamp = Long.toString(System.currentTimeMillis());
      if (send(data, stamp, token, random)) {
        long then = System.nanoTime();
        versions.forEach(one -> acknowledged.putIfAbsent(one.key(), then));
        return;
      }
      repeated.incrementAndGet();
      Thread.sleep(100 + random.nextInt(900));
    }
  }

  /** One with a wrong signature, and one that was signed an hour ago. */
  private void forge(int number, Random random) throws InterruptedException {
    Speech.Version never =
        new Speech.Version("forged" + number, 0, System.currentTimeMillis(), "Forged.", Map.of());
    String data = packed("f" + number, "meeting.asr-push", said(List.of(never)));
    long now = System.currentTimeMillis();
    boolean taken = send(data, Long.toString(now), "not the token", random);
    taken |= send(data, Long.toString(now - 3_600_000), token, random);
    forged.addAndGet(2);
    forgedTaken.addAndGet(taken ? 1 : 0);
  }

  /** Tells once that the meeting began; whether it was taken. */
  public boolean started() throws InterruptedException {
    String data = packed("started" + seed, "meeting.started", new JsonObject());
    return send(data, Long.toString(System.currentTimeMillis()), token, new Random(seed));
  }

  private static JsonObject said(List<Speech.Version> versions) {
    JsonArray all = new JsonArray();
    for (Speech.Version one : versions) {
      JsonArray translate = new JsonArray();
      one.translations()
          .forEach(
              (language, text) ->
                  translate.add(new JsonObject().put("language", language).put("text", text)));
      JsonObject content =
          new JsonObject()
              .put("text", one.text())
              .put("language", "en")
              .put("translate", translate);
      all.add(
          new JsonObject()
              .put("sid", one.key())
              .put("speech_time", one.at())
              .put("speaker", new JsonObject().put("nickname", "Sonia").put("ms_open_id", "ms_1"))
              .put("content", content));
    }
    return new JsonObject().put("asr_content", all);
  }

  private String packed(String trace, String event, JsonObject payload) {
    payload
        .put("operate_time", System.currentTimeMillis())
        .put("meeting_info", new JsonObject().put("meeting_id", meeting));
    JsonObject envelope =
        new JsonObject()
            .put("event", event)
            .put("trace_id", trace)
            .put("payload", new JsonArray().add(payload));
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, 16));
      byte[] plain = envelope.encode().getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(cipher.doFinal(plain));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean send(String data, String stamp, String secret, Random random)
      throws InterruptedException {
    String nonce = Integer.toString(random.nextInt(100_000_000));
    String node = nodes.get(random.nextInt(nodes.size()));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node + "/hooks/meetings/tencent"))
            .timeout(PATIENCE)
            .header("content-type", "application/json")
            .header("timestamp", stamp)
            .header("nonce", nonce)
            .header("signature", signature(secret, stamp, nonce, data))
            .POST(
                HttpRequest.BodyPublishers.ofString(new JsonObject().put("data", data).encode()))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 && answer.body().equals(TAKEN);
    } catch (IOException e) {
      return false;
    }
  }

  /** SHA-1 over the four parts, sorted. */
  private static String signature(String secret, String stamp, String nonce, String data) {
    String[] parts = {secret, stamp, nonce, data};
    Arrays.sort(parts);
    try {
      byte[] bytes = String.join("", parts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
