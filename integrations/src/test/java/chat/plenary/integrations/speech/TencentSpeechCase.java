package chat.plenary.integrations.speech;

import static chat.plenary.messaging.Waiting.await;

import chat.plenary.messaging.TestClock;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A test of one of Tencent's engines at its simulation: who speaks, and what is heard. */
abstract class TencentSpeechCase {
  static final Buffer PIECE = Buffer.buffer(new byte[6_400]);

  final Vertx vertx = Vertx.vertx();
  final TestClock clock = new TestClock();
  final HeardSpeech heard = new HeardSpeech();
  SpeechInterpreter engine;

  @AfterEach
  void close() throws Exception {
    await(engine.close());
    await(vertx.close());
  }

  /** Begins to speak English, to be translated into Chinese. */
  final SpeechInterpreter.Session speak() throws Exception {
    return await(engine.open("en-GB", List.of("zh"), heard));
  }

  /** Says so many fifths of a second. */
  static void say(SpeechInterpreter.Session session, int pieces) throws Exception {
    for (int i = 0; i < pieces; i++) {
      await(session.audio(PIECE));
    }
  }
}
