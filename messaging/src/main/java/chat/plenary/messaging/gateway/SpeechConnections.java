package chat.plenary.messaging.gateway;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Revoked;
import chat.plenary.messaging.caption.Speeches;
import chat.plenary.messaging.voice.Voices;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The WebSockets of this node by which members send what they say in meetings, and hear what was
 * said in another language.
 */
public final class SpeechConnections {
  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final Duration PING = Duration.ofSeconds(20);

  private final Vertx vertx;
  private final Chat chat;
  private final Speeches speeches;
  private final Voices voices;
  private final Options options;
  private final Set<MemberSocket> speaking = ConcurrentHashMap.newKeySet();
  private final Set<MemberSocket> listening = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  /**
   * What connections are limited to.
   *
   * @param hello within what time the first frame must come
   * @param idle after what time without audio a speech is over
   * @param look how often it is looked whether the member may still speak, or listen
   * @param connections open at once of each kind, those that have not said hello among them
   * @param ping how often a listener is asked whether they are there; one who has not answered by
   *     the next time is gone
   */
  public record Options(
      Duration hello, Duration idle, Duration look, int connections, Duration ping) {
    public Options(Duration hello, Duration idle, Duration look, int connections) {
      this(hello, idle, look, connections, PING);
    }

    /** 10 s, 60 s, 2 s, 200 connections, 20 s. */
    public static Options defaults() {
      return new Options(
          Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(2), 200);
    }
  }

  /** Opens the door for speeches of a chat that was started, and for those who listen. */
  public SpeechConnections(
      Vertx vertx, Chat chat, Speeches speeches, Voices voices, Options options) {
    this.vertx = vertx;
    this.chat = chat;
    this.speeches = speeches;
    this.voices = voices;
    this.options = options;
    chat.accounts().revocations().listen(this::revoked);
  }

  /** Takes in a socket, whose origin was checked, of somebody who speaks; on its event loop. */
  void speak(ServerWebSocket socket, String meeting) {
    MemberSocket member = new MemberSocket(vertx, chat, socket);
    SpeechConnection connection = new SpeechConnection(member, speeches, options, meeting);
    speaking.add(member);
    connection.start(() -> speaking.remove(member));
    admit(member, speaking);
  }

  /** The same of somebody who listens in a language. */
  void listen(ServerWebSocket socket, String meeting, String language) {
    MemberSocket member = new MemberSocket(vertx, chat, socket);
    VoiceConnection connection = new VoiceConnection(member, voices, options, meeting, language);
    listening.add(member);
    connection.start(() -> listening.remove(member));
    admit(member, listening);
  }

  private void admit(MemberSocket member, Set<MemberSocket> all) {
    if (draining) {
      member.end("stopping", "This node stops: connect again.");
    } else if (all.size() > options.connections()) {
      member.end("too-many", "This node has too many connections: try later.");
    }
  }

  private void revoked(Revoked revoked) {
    speaking.forEach(one -> one.revoked(revoked));
    listening.forEach(one -> one.revoked(revoked));
  }

  /** Ends all; takes at most five seconds. */
  Future<Void> drain() {
    draining = true;
    Set<MemberSocket> all = ConcurrentHashMap.newKeySet();
    all.addAll(speaking);
    all.addAll(listening);
    all.forEach(one -> one.endFromAnywhere("stopping", "This node stops: connect again."));
    List<Future<Void>> closing = all.stream().map(MemberSocket::closed).toList();
    Promise<Void> drained = Promise.promise();
    long timer = vertx.setTimer(DRAIN.toMillis(), id -> drained.tryComplete());
    Future.join(closing)
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              drained.tryComplete();
            });
    return drained.future();
  }
}
