package chat.plenary.integrations.speech;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Audio in pieces of 200 ms, as Tencent's services want it, at most twice as fast as it was spoken.
 * The last piece is filled up with silence.
 */
final class Pieces {
  static final int BYTES = 6_400;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

  private final Vertx vertx;
  private final Function<Buffer, Future<Void>> send;
  private Buffer waiting = Buffer.buffer();
  private long notBefore = System.nanoTime();

  Pieces(Vertx vertx, Function<Buffer, Future<Void>> send) {
    this.vertx = vertx;
    this.send = send;
  }

  /** Takes some; succeeds when more may come. Not to be called again before. */
  Future<Void> add(Buffer audio) {
    waiting.appendBuffer(audio);
    return next();
  }

  private Future<Void> next() {
    if (waiting.length() < BYTES) {
      return Future.succeededFuture();
    }
    Buffer piece = waiting.getBuffer(0, BYTES);
    waiting = waiting.getBuffer(BYTES, waiting.length());
    return sendInTime(piece).compose(v -> next());
  }

  /** Sends what is left; not to be called while more is on its way. */
  Future<Void> end() {
    if (waiting.length() == 0) {
      return Future.succeededFuture();
    }
    return sendInTime(rest());
  }

  /** What is left, filled up with silence; silence alone where nothing is. */
  Buffer rest() {
    Buffer last = waiting.copy();
    waiting = Buffer.buffer();
    return last.appendBytes(new byte[BYTES - last.length()]);
  }

  private Future<Void> sendInTime(Buffer piece) {
    long wait = TimeUnit.NANOSECONDS.toMillis(notBefore - System.nanoTime());
    Promise<Void> time = Promise.promise();
    if (wait < 1) {
      time.complete();
    } else {
      vertx.setTimer(wait, id -> time.complete());
    }
    return time.future()
        .compose(
            v -> {
              notBefore = System.nanoTime() + PAUSE;
              return send.apply(piece);
            });
  }
}
