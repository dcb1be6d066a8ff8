package chat.plenary.node;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A member with a live connection that is made anew, on any node, from its cursor. It keeps what it
 * was shown, and notices at once what must not be: an entry twice with another content, or a live
 * entry out of order.
 */
final class Live implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private final String userid;
  private final String password;
  private final Map<String, NavigableMap<Long, String>> shown = new ConcurrentHashMap<>();
  private final Map<String, String> outcomes = new ConcurrentHashMap<>();
  private final Map<String, Long> newest = new ConcurrentHashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private volatile @Nullable Rest rest;
  private volatile @Nullable WebSocket socket;
  private volatile @Nullable String cursor;
  private volatile boolean live;
  private volatile boolean open;

  Live(String userid, String password) {
    this.userid = userid;
    this.password = password;
  }

  /** Connects to a node and waits until it is live; tries again while the node cannot serve. */
  Live connect(NodeProcess node) {
    close();
    long deadline = System.nanoTime() + NodeProcess.PATIENCE.toNanos();
    while (true) {
      try {
        Rest signedIn = Rest.signedIn(node.url(), userid, password);
        rest = signedIn;
        live = false;
        newest.clear();
        open = true;
        WebSocket made =
            CLIENT
                .newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(
                    URI.create(node.url().replace("http", "ws") + "/api/v1/connect"), new Hearing())
                .get(60, TimeUnit.SECONDS);
        socket = made;
        JsonObject hello = new JsonObject().put("type", "hello").put("token", signedIn.token());
        if (cursor != null) {
          hello.put("cursor", cursor);
        }
        made.sendText(hello.encode(), true).get(60, TimeUnit.SECONDS);
        until("live", () -> live || !open);
        if (live) {
          return this;
        }
      } catch (Exception | AssertionError e) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError(userid + " cannot connect to " + node.url(), e);
        }
      }
      NodeProcess.pause(200);
    }
  }

  Rest rest() {
    if (rest == null) {
      throw new IllegalStateException("not signed in");
    }
    return rest;
  }

  boolean isOpen() {
    return open;
  }

  /** Sends a message once; what becomes of it is told by {@link #outcome}. */
  void post(String conversation, String ref, String text) {
    outcomes.remove(ref);
    WebSocket now = socket;
    if (now == null || !open) {
      outcomes.put(ref, "closed");
      return;
    }
    JsonObject frame =
        new JsonObject()
            .put("type", "post")
            .put("conversation", conversation)
            .put("ref", ref)
            .put("body", new JsonObject().put("type", "text").put("text", text));
    try {
      now.sendText(frame.encode(), true).get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      outcomes.put(ref, "closed");
    }
  }

  /** What became of a ref: accepted, refused, unknown, closed (with the connection), or null. */
  @Nullable String outcome(String ref) {
    String known = outcomes.get(ref);
    return known == null && !open ? "closed" : known;
  }

  /** Sends until it is accepted, with the same ref, by this connection or a new one. */
  void deliver(NodeProcess node, String conversation, String ref, String text) {
    long deadline = System.nanoTime() + NodeProcess.PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (!open) {
        connect(node);
      }
      post(conversation, ref, text);
      until("an outcome of " + ref, () -> outcome(ref) != null);
      String outcome = outcome(ref);
      if ("accepted".equals(outcome)) {
        return;
      }
      if (outcome != null && outcome.startsWith("refused")) {
        throw new AssertionError(ref + " was " + outcome);
      }
    }
    throw new AssertionError(ref + " was never accepted");
  }

  /** Texts of the messages that it was shown, by their numbers. */
  NavigableMap<Long, String> shown(String conversation) {
    return shown.computeIfAbsent(conversation, c -> new TreeMap<>());
  }

  /** Waits until it was shown a text. */
  void awaitShown(String conversation, String text) {
    until(
        userid + " to be shown '" + text + "'",
        () -> {
          NavigableMap<Long, String> all = shown(conversation);
          synchronized (all) {
            return all.containsValue(text);
          }
        });
  }

  /** What must not have been. */
  List<String> wrong() {
    synchronized (wrong) {
      return List.copyOf(wrong);
    }
  }

  /** All messages of a conversation by its history, oldest first. */
  static NavigableMap<Long, String> history(Rest rest, String conversation) {
    NavigableMap<Long, String> all = new TreeMap<>();
    long after = 0;
    while (true) {
      JsonObject page =
          rest.get(
                  "/api/v1/conversations/"
                      + conversation
                      + "/entries?after="
                      + after
                      + "&limit=100")
              .good();
      JsonArray entries = page.getJsonArray("entries");
      if (entries.isEmpty()) {
        return all;
      }
      for (Object one : entries) {
        JsonObject entry = (JsonObject) one;
        after = entry.getLong("seq");
        all.put(after, text(entry));
      }
    }
  }

  static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + NodeProcess.PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      NodeProcess.pause(20);
    }
  }

  @Override
  public void close() {
    WebSocket now = socket;
    if (now != null) {
      now.abort();
    }
    open = false;
    socket = null;
  }

  private static String text(JsonObject entry) {
    JsonObject body = entry.getJsonObject("body");
    String text = body == null ? null : body.getString("text");
    return text == null ? "(" + entry.getString("kind") + ")" : text;
  }

  private void heard(JsonObject frame) {
    switch (frame.getString("type")) {
      case "live" -> {
        cursor = frame.getString("cursor");
        live = true;
      }
      case "cursor" -> cursor = frame.getString("cursor");
      case "conversation" -> {
        String id = frame.getJsonObject("conversation").getString("id");
        for (Object entry : frame.getJsonArray("entries")) {
          show(id, (JsonObject) entry);
        }
      }
      case "entry" -> {
        JsonObject entry = frame.getJsonObject("entry");
        inOrder(entry.getString("conversation"), entry.getLong("seq"));
        show(entry.getString("conversation"), entry);
      }
      case "accepted", "unknown" -> outcomes.put(frame.getString("ref"), frame.getString("type"));
      case "refused" ->
          outcomes.put(frame.getString("ref"), "refused: " + frame.getJsonObject("problem"));
      default -> {}
    }
  }

  /** Of one connection, live entries of a conversation come once and by their numbers. */
  private void inOrder(String conversation, long seq) {
    Long before = newest.put(conversation, seq);
    if (before != null && before >= seq) {
      note("number " + seq + " came after " + before);
    }
  }

  private void show(String conversation, JsonObject entry) {
    NavigableMap<Long, String> all = shown(conversation);
    long seq = entry.getLong("seq");
    synchronized (all) {
      String before = all.put(seq, text(entry));
      if (before != null && !before.equals(text(entry))) {
        note("number " + seq + " was '" + before + "' and then '" + text(entry) + "'");
      }
    }
  }

  private void note(String what) {
    synchronized (wrong) {
      wrong.add(userid + ": " + what);
    }
  }

  private final class Hearing implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        heard(new JsonObject(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      gone(from);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      gone(from);
    }

    private void gone(WebSocket from) {
      if (socket == null || socket == from) {
        open = false;
      }
    }
  }
}
