package chat.plenary.node.backup;

import chat.plenary.messaging.store.embedded.EmbeddedStore;
import chat.plenary.node.files.OwnersOnly;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.parsetools.RecordParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a snapshot of a running node's store for whoever connects to a socket in the data folder,
 * and deletes it when the connection ends. Who may connect is decided by the file system: the
 * socket and the folder that it is in belong to the node's user, and are closed to others.
 *
 * <p>The snapshot is in the data folder, where it costs links and no copies; reading it needs the
 * same right. One at a time.
 */
public final class SnapshotServer {
  /** What is asked for, as a line. */
  static final String REQUEST = "snapshot 1";

  /** The longest path that the address of a socket holds on every system, with its last byte. */
  private static final int LONGEST_PATH = 104;

  private static final int LONGEST_LINE = 64;
  private static final long ASKING_MS = 5_000;

  /** A snapshot holds on to files that the store is through with: not for ever. */
  private static final long KEEPING_MS = TimeUnit.HOURS.toMillis(24);

  private static final Logger LOGGER = LoggerFactory.getLogger(SnapshotServer.class);

  private final Vertx vertx;
  private final EmbeddedStore store;
  private final Path data;
  private final NetServer server;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile Future<Void> last = Future.succeededFuture();

  private SnapshotServer(Vertx vertx, EmbeddedStore store, Path data) {
    this.vertx = vertx;
    this.store = store;
    this.data = data.toAbsolutePath();
    this.server = vertx.createNetServer();
  }

  /**
   * Listens. Where that cannot be, it is written to the log and the node does without: it can be
   * backed up when it is stopped.
   */
  public static Future<SnapshotServer> open(Vertx vertx, EmbeddedStore store, Path data) {
    SnapshotServer opened = new SnapshotServer(vertx, store, data);
    return vertx
        .executeBlocking(opened::clear)
        .compose(v -> opened.listen())
        .recover(
            failure -> {
              LOGGER.warn(
                  "cannot be backed up while it runs, {} cannot be listened on: {}",
                  Layout.socket(data),
                  String.valueOf(failure.getMessage()));
              return Future.succeededFuture();
            })
        .map(opened);
  }

  /** Listens no more; connections end, and what was made for them goes. */
  public Future<Void> close() {
    return server
        .close()
        .eventually(() -> last)
        .eventually(() -> vertx.executeBlocking(() -> Files.deleteIfExists(Layout.socket(data))));
  }

  /** What a node that was killed left. */
  private @Nullable Void clear() throws java.io.IOException, BackupException {
    Path socket = Layout.socket(data);
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length >= LONGEST_PATH) {
      throw new BackupException("the path is too long for a socket");
    }
    Path control = Layout.control(data);
    OwnersOnly.ensureFolder(control);
    OwnersOnly.restrict(control);
    OwnersOnly.delete(Layout.unfinished(Layout.snapshot(data)));
    OwnersOnly.delete(Layout.snapshot(data));
    OwnersOnly.delete(socket);
    return null;
  }

  private Future<Void> listen() {
    Path socket = Layout.socket(data);
    return server
        .connectHandler(this::serve)
        .listen(SocketAddress.domainSocketAddress(socket.toString()))
        .compose(
            v ->
                vertx.executeBlocking(
                    () -> {
                      OwnersOnly.restrict(socket);
                      return null;
                    }));
  }

  private void serve(NetSocket socket) {
    Promise<Void> gone = Promise.promise();
    socket.closeHandler(v -> gone.tryComplete());
    long patience = vertx.setTimer(ASKING_MS, late -> socket.close());
    gone.future().onComplete(v -> vertx.cancelTimer(patience));
    RecordParser.newDelimited("\n", socket)
        .maxRecordSize(LONGEST_LINE)
        .exceptionHandler(failure -> socket.close())
        .handler(
            line -> {
              if (vertx.cancelTimer(patience)) {
                asked(socket, line.toString(), gone.future());
              }
            });
  }

  private void asked(NetSocket socket, String line, Future<Void> gone) {
    if (!line.equals(REQUEST)) {
      refuse(socket, "the node is of another version than this command");
    } else if (!busy.compareAndSet(false, true)) {
      refuse(socket, "another backup of this node is under way");
    } else {
      last = snapshot(socket, gone);
    }
  }

  private Future<Void> snapshot(NetSocket socket, Future<Void> gone) {
    Path folder = Layout.snapshot(data);
    long longest = vertx.setTimer(KEEPING_MS, late -> socket.close());
    return store
        .backup(folder)
        .onSuccess(
            v -> socket.write(new JsonObject().put("folder", folder.toString()).encode() + "\n"))
        .onFailure(failure -> refuse(socket, String.valueOf(failure.getMessage())))
        .transform(made -> gone)
        .eventually(() -> vertx.executeBlocking(this::remove))
        .onFailure(failure -> LOGGER.warn("a snapshot was left in {}", folder, failure))
        .onComplete(
            v -> {
              vertx.cancelTimer(longest);
              busy.set(false);
            });
  }

  private @Nullable Void remove() throws java.io.IOException {
    OwnersOnly.delete(Layout.unfinished(Layout.snapshot(data)));
    OwnersOnly.delete(Layout.snapshot(data));
    return null;
  }

  private static void refuse(NetSocket socket, String why) {
    socket.write(new JsonObject().put("error", why).encode() + "\n").eventually(socket::close);
  }
}
