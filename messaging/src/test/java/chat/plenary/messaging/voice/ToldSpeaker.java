package chat.plenary.messaging.voice;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.TextSpeaker;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A speaker that tells what it was given, and speaks 20 ms of silence a character. */
public final class ToldSpeaker implements TextSpeaker {
  public final List<String> said = new CopyOnWriteArrayList<>();
  public volatile boolean outside;
  public volatile String fails = "";
  private final Set<String> languages;

  public ToldSpeaker(String... languages) {
    this.languages = Set.of(languages);
  }

  @Override
  public String name() {
    return "told";
  }

  @Override
  public String title() {
    return "Told";
  }

  @Override
  public boolean outside() {
    return outside;
  }

  @Override
  public boolean speaks(String language) {
    return languages.contains(language);
  }

  @Override
  public Future<Buffer> speak(String text, String language) {
    said.add(language + ": " + text);
    if (text.equals(fails)) {
      return Future.failedFuture(Fault.of(Fault.Code.UNAVAILABLE, "Told does not speak."));
    }
    return Future.succeededFuture(Buffer.buffer(new byte[640 * text.length()]));
  }
}
