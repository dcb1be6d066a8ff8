package chat.plenary.messaging.gateway;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import chat.plenary.messaging.protocol.ClientFrame;
import chat.plenary.messaging.voice.Ear;
import chat.plenary.messaging.voice.Voices;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket by which a member listens, from hello to bye. Used on its event loop only, save
 * where it says otherwise. What a slow reader does not take waits for at most 3 s; the oldest falls
 * away, and nobody else notices.
 */
final class VoiceConnection {
  /** Bytes that the socket takes before it counts as full: a second of voice. */
  private static final int TAKEN = 2 * SpeechInterpreter.RATE;

  private final MemberSocket member;
  private final Voices voices;
  private final SpeechConnections.Options options;
  private final String meeting;
  private final String language;
  private final VoiceQueue queue;
  private boolean greeted;
  private Voices.@Nullable Listening listening;
  private boolean alive = true;
  private long pingTimer = -1;

  VoiceConnection(
      MemberSocket member,
      Voices voices,
      SpeechConnections.Options options,
      String meeting,
      String language) {
    this.member = member;
    this.voices = voices;
    this.options = options;
    this.meeting = meeting;
    this.language = language;
    this.queue = new VoiceQueue(new Socket(), voices.counts());
  }

  void start(Runnable gone) {
    member.socket.setWriteQueueMaxSize(TAKEN);
    member.socket.textMessageHandler(this::text);
    member.socket.binaryMessageHandler(
        audio -> member.end("protocol", "Only the server sends audio here."));
    member.socket.pongHandler(pong -> alive = true);
    member.socket.drainHandler(v -> queue.flush());
    member.start(
        options.hello(),
        () -> {
          member.vertx.cancelTimer(pingTimer);
          leave();
          gone.run();
        });
  }

  private void leave() {
    Voices.Listening open = listening;
    listening = null;
    if (open != null) {
      open.close();
    }
  }

  private void text(String text) {
    if (member.isEnded()) {
      return;
    }
    try {
      Input in = Input.of(ClientFrame.parse(text));
      String type = in.text("type", 1, 64);
      if (!type.equals(greeted ? "token" : "hello")) {
        throw Fault.invalid(
            "type",
            greeted
                ? "There is no frame of type '" + type + "'."
                : "The first frame must be hello.");
      }
      String token = in.text("token", 1, ClientFrame.MAX_TOKEN);
      in.end();
      if (greeted) {
        member.renew(token);
      } else {
        greeted = true;
        greet(token);
      }
    } catch (Fault fault) {
      member.problem(fault);
      member.end("protocol", String.valueOf(fault.getMessage()));
    }
  }

  private void greet(String token) {
    member.admit(
        token,
        caller -> voices.listen(caller, meeting, language, new Heard()),
        Voices.Listening::close,
        options.look(),
        this::look,
        this::begin);
  }

  private void begin(Voices.Listening opened) {
    listening = opened;
    member.write(
        new JsonObject()
            .put("type", "ready")
            .put("language", language)
            .put("encoding", "s16le")
            .put("rate", SpeechInterpreter.RATE)
            .put("channels", 1));
    pingTimer = member.vertx.setPeriodic(options.ping().toMillis(), id -> lookForLife());
  }

  private void lookForLife() {
    if (alive) {
      alive = false;
      member.socket.writePing(Buffer.buffer("voice"));
    } else {
      member.end("idle", "The client does not answer.");
    }
  }

  /** Whether the member may still listen: still in the group, and the meeting goes on. */
  private void look() {
    Caller known = member.caller();
    if (known != null) {
      member.judge(voices.still(known, meeting));
    }
  }

  /** What is heard, told on any thread. */
  private final class Heard implements Ear {
    @Override
    public void sentence(String key, String engine, String title) {
      JsonObject frame =
          new JsonObject()
              .put("type", "sentence")
              .put("key", key)
              .put("engine", engine)
              .put("title", title);
      member.run(() -> queue.begin(frame));
    }

    @Override
    public void audio(Buffer audio) {
      member.run(() -> queue.add(audio));
    }

    @Override
    public void lost(long milliseconds) {
      member.run(() -> queue.lost(milliseconds));
    }

    @Override
    public void look() {
      member.run(VoiceConnection.this::look);
    }
  }

  /** Nothing is written while this node is not fresh. */
  private final class Socket implements VoiceQueue.Taker {
    @Override
    public boolean takes() {
      return listening != null
          && !member.isEnded()
          && !member.socket.isClosed()
          && !member.socket.writeQueueFull()
          && member.chat.log().isFresh();
    }

    @Override
    public void text(JsonObject frame) {
      member.write(frame);
    }

    @Override
    public void audio(Buffer audio) {
      member.socket.writeBinaryMessage(audio);
    }
  }
}
