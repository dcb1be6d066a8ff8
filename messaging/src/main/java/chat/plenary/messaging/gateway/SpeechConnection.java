package chat.plenary.messaging.gateway;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.caption.SpeechFeed;
import chat.plenary.messaging.caption.Speeches;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.protocol.ClientFrame;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket by which a member speaks, from hello to bye. Used on its event loop only, save
 * where it says otherwise. While the engine is slow the socket is not read.
 */
final class SpeechConnection {
  private final MemberSocket member;
  private final Speeches speeches;
  private final SpeechConnections.Options options;
  private final String meeting;
  private boolean heard;
  private @Nullable Hello hello;
  private @Nullable SpeechFeed feed;
  private long idleTimer = -1;

  /** The first frame. */
  private record Hello(String token, String language, boolean channel) {
    static Hello read(Input in) {
      String token = in.text("token", 1, ClientFrame.MAX_TOKEN);
      String language = in.parsed("language", Language.MAX_TAG, Language::tag);
      String channel = in.optionalParsed("channel", Language.MAX_TAG, Language::tag);
      in.end();
      if (channel != null && !Language.same(channel, language)) {
        throw Fault.invalid("channel", "An interpreter speaks the language of the channel.");
      }
      return new Hello(token, language, channel != null);
    }

    @Override
    public String toString() {
      return "Hello[]";
    }
  }

  SpeechConnection(
      MemberSocket member, Speeches speeches, SpeechConnections.Options options, String meeting) {
    this.member = member;
    this.speeches = speeches;
    this.options = options;
    this.meeting = meeting;
  }

  void start(Runnable gone) {
    member.socket.textMessageHandler(this::text);
    member.socket.binaryMessageHandler(this::audio);
    member.start(
        options.hello(),
        () -> {
          member.vertx.cancelTimer(idleTimer);
          SpeechFeed open = feed;
          if (open != null) {
            open.end();
          }
          gone.run();
        });
  }

  // ---- what the client says

  private void text(String text) {
    if (member.isEnded()) {
      return;
    }
    try {
      Input in = Input.of(ClientFrame.parse(text));
      String type = in.text("type", 1, 64);
      if (hello == null) {
        if (!type.equals("hello")) {
          throw Fault.invalid("type", "The first frame must be hello.");
        }
        greet(Hello.read(in));
      } else if (type.equals("end")) {
        in.end();
        SpeechFeed open = feed;
        if (open != null) {
          open.end();
        }
      } else if (type.equals("token")) {
        String token = in.text("token", 1, ClientFrame.MAX_TOKEN);
        in.end();
        member.renew(token);
      } else {
        throw Fault.invalid("type", "There is no frame of type '" + type + "'.");
      }
    } catch (Fault fault) {
      member.problem(fault);
      member.end("protocol", String.valueOf(fault.getMessage()));
    }
  }

  private void audio(Buffer audio) {
    SpeechFeed open = feed;
    if (member.isEnded()) {
      return;
    }
    if (open == null) {
      member.end("protocol", "Audio comes after ready.");
      return;
    }
    heard = true;
    Future<Void> room = open.audio(audio);
    if (room.failed()) {
      member.fail(room.cause());
    } else if (!room.isComplete()) {
      member.socket.pause();
      room.onComplete(done -> member.run(member.socket::resume));
    }
  }

  private void greet(Hello said) {
    hello = said;
    member.admit(
        said.token(),
        caller -> speeches.open(caller, meeting, said.language(), said.channel(), this::told),
        opened -> opened.feed().end(),
        options.look(),
        () -> look(said),
        this::begin);
  }

  private void begin(Speeches.Heard opened) {
    feed = opened.feed();
    member.write(
        new JsonObject()
            .put("type", "ready")
            .put("engine", opened.engine())
            .put("title", opened.title()));
    idleTimer = member.vertx.setPeriodic(options.idle().toMillis(), id -> lookForLife());
  }

  private void lookForLife() {
    if (!heard) {
      member.end("idle", "No audio came for " + options.idle().toSeconds() + " s.");
    }
    heard = false;
  }

  /** Whether the member may still speak: still in the group, still on duty. */
  private void look(Hello said) {
    Caller known = member.caller();
    if (known != null) {
      member.judge(speeches.still(known, meeting, said.language(), said.channel()));
    }
  }

  /** May be called on any thread. */
  private void told(Speeches.Told told) {
    member.run(
        () -> {
          if (told instanceof Speeches.Told.Trouble trouble) {
            member.problem(trouble.why());
          } else {
            member.end("ended", "The speech is over.");
          }
        });
  }
}
