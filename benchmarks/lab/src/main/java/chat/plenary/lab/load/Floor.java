package chat.plenary.lab.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What there is below any chat server on this stack: a bare Vert.x server of one event loop, which
 * gives a group's sockets what one of them sent, and knows and stores nothing. Either with a write
 * for each message and socket, or gathered: what came within a tick leaves each socket in one write
 * of shared bytes, the tick being as long as the last one's work, at most 5 ms.
 */
final class Floor extends AbstractVerticle {
  static final String JOIN = "join ";
  static final String LISTENS = "floor listens on ";
  private static final long MAX_TICK = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int BYTES = 64 * 1024;
  private static final int SHORT = 126;

  private final boolean gathered;
  private final Map<String, List<ServerWebSocket>> groups = new HashMap<>();
  private final Map<String, ByteBuf> gathering = new LinkedHashMap<>();
  private boolean scheduled;
  private long notBefore;

  private Floor(boolean gathered) {
    this.gathered = gathered;
  }

  /** Serves until the process ends. */
  static void serve(boolean gathered) throws InterruptedException {
    Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1))
        .deployVerticle(new Floor(gathered));
    Thread.currentThread().join();
  }

  @Override
  public void start(Promise<Void> started) {
    vertx
        .createHttpServer(
            new HttpServerOptions().setHost("127.0.0.1").setPort(0).setAcceptBacklog(4096))
        .webSocketHandler(this::accept)
        .listen()
        .onSuccess(server -> System.out.println(LISTENS + server.actualPort()))
        .<Void>mapEmpty()
        .onComplete(started);
  }

  private void accept(ServerWebSocket socket) {
    String[] group = new String[1];
    socket.textMessageHandler(
        text -> {
          if (text.startsWith(JOIN)) {
            group[0] = text;
            sockets(text).add(socket);
            socket.writeTextMessage("joined");
          } else if (gathered) {
            gather(group[0], text);
          } else {
            sockets(group[0]).forEach(one -> one.writeTextMessage(text));
          }
        });
    socket.closeHandler(
        closed -> {
          if (group[0] != null) {
            sockets(group[0]).remove(socket);
          }
        });
  }

  private void gather(String group, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    if (payload.length >= SHORT) {
      throw new IllegalArgumentException("The floor takes texts of less than 126 bytes.");
    }
    gathering
        .computeIfAbsent(group, name -> PooledByteBufAllocator.DEFAULT.directBuffer(BYTES))
        .writeByte(0x81)
        .writeByte(payload.length)
        .writeBytes(payload);
    if (!scheduled) {
      scheduled = true;
      long pause = notBefore - System.nanoTime();
      io.netty.channel.EventLoop loop = loop(sockets(group).get(0)).channel().eventLoop();
      if (pause <= 0) {
        loop.execute(this::tick);
      } else {
        loop.schedule(this::tick, pause, TimeUnit.NANOSECONDS);
      }
    }
  }

  private void tick() {
    scheduled = false;
    long began = System.nanoTime();
    gathering.forEach(
        (group, bytes) -> {
          for (ServerWebSocket socket : sockets(group)) {
            ChannelHandlerContext context = loop(socket);
            context.writeAndFlush(bytes.retainedDuplicate(), context.voidPromise());
          }
          bytes.release();
        });
    gathering.clear();
    long ended = System.nanoTime();
    notBefore = ended + Math.min(MAX_TICK, ended - began);
  }

  private List<ServerWebSocket> sockets(String group) {
    return groups.computeIfAbsent(group, name -> new ArrayList<>());
  }

  private static ChannelHandlerContext loop(ServerWebSocket socket) {
    return ((WebSocketInternal) socket).channelHandlerContext();
  }
}
