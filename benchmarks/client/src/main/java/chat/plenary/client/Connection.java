package chat.plenary.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket. A frame is read when the one before it was dealt with, so a slow receiver slows
 * its server, which ends the connection in time.
 */
final class Connection implements WebSocket.Listener {
  private static final int MAX_CHARS = 8 << 20;

  /** What comes of it. Never called twice at a time. */
  interface Receiver {
    /** Deals with a frame; null when that is done. */
    @Nullable CompletionStage<?> received(Connection connection, String text);

    /** Called once. */
    void ended(Connection connection, String why);
  }

  private final URI base;
  private final Receiver receiver;
  private final StringBuilder parts = new StringBuilder();
  private final AtomicBoolean ended = new AtomicBoolean();
  private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
  private volatile long heard = System.nanoTime();
  private volatile @Nullable WebSocket socket;

  private Connection(URI base, Receiver receiver) {
    this.base = base;
    this.receiver = receiver;
  }

  static CompletableFuture<Connection> open(
      HttpClient http, URI base, Duration timeout, Receiver receiver) {
    Connection connection = new Connection(base, receiver);
    URI uri = URI.create(base.toString().replaceFirst("^http", "ws") + "/api/v1/connect");
    return http.newWebSocketBuilder()
        .connectTimeout(timeout)
        .buildAsync(uri, connection)
        .thenApply(socket -> connection);
  }

  URI base() {
    return base;
  }

  /** When something came last, by {@link System#nanoTime()}. */
  long heard() {
    return heard;
  }

  /** Sends after what was sent before. */
  synchronized void send(String text) {
    WebSocket to = socket;
    if (to == null || ended.get()) {
      return;
    }
    CompletableFuture<?> last = sent;
    if (last.isDone()) {
      sent = to.sendText(text, true);
    } else {
      sent = last.thenCompose(done -> to.sendText(text, true));
    }
    sent.exceptionally(
        failure -> {
          end("sending failed: " + failure.getMessage());
          return null;
        });
  }

  /** Ends it in good order, and without waiting. */
  synchronized void close() {
    WebSocket to = socket;
    if (to != null && !ended.get()) {
      sent.whenComplete(
          (done, failure) ->
              to.sendClose(WebSocket.NORMAL_CLOSURE, "")
                  .orTimeout(2, java.util.concurrent.TimeUnit.SECONDS)
                  .whenComplete((closed, broken) -> end("closed by this side")));
    }
  }

  /** Ends it at once. */
  void end(String why) {
    WebSocket to = socket;
    if (ended.compareAndSet(false, true)) {
      if (to != null) {
        to.abort();
      }
      receiver.ended(this, why);
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    socket = opened;
    opened.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    heard = System.nanoTime();
    String text;
    if (last && parts.length() == 0) {
      text = data.toString();
    } else {
      parts.append(data);
      if (parts.length() > MAX_CHARS) {
        end("a frame is too large");
        return null;
      }
      if (!last) {
        from.request(1);
        return null;
      }
      text = parts.toString();
      parts.setLength(0);
    }
    if (ended.get()) {
      return null;
    }
    CompletionStage<?> dealt = receiver.received(this, text);
    if (dealt == null) {
      from.request(1);
    } else {
      dealt.whenComplete((done, failure) -> from.request(1));
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    end("closed by the server: " + status + (reason.isEmpty() ? "" : " " + reason));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    end("failed: " + failure);
  }
}
