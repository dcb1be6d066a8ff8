package chat.plenary.integrations.speech;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.interpretation.Speech;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * CMU pocketsphinx on this machine, one process a speech: it hears the sentences of a grammar, and
 * nothing else well. It writes a sentence down when a pause follows it, never before.
 */
public final class Pocketsphinx implements SpeechInterpreter {
  private final Vertx vertx;
  private final Options options;
  private final Set<SpeechProcess> running = ConcurrentHashMap.newKeySet();

  /**
   * How it is run.
   *
   * @param program the program, such as {@code pocketsphinx_continuous}
   * @param language the language of its model; English where nothing else is installed
   * @param grammar a file in JSGF with the sentences that it is to hear
   * @param processes speeches at once, at the most
   */
  public record Options(String program, String language, Path grammar, int processes) {
    /** Debian's program and model of English, 2 speeches at once. */
    public static Options english(Path grammar) {
      return new Options("pocketsphinx_continuous", "en", grammar, 2);
    }

    List<String> command() {
      // Wide beams: with the usual ones long sentences of a grammar are lost after a pause.
      return List.of(
          program,
          "-infile",
          "/dev/stdin",
          "-jsgf",
          grammar.toString(),
          "-time",
          "yes",
          "-beam",
          "1e-80",
          "-wbeam",
          "1e-60",
          "-pbeam",
          "1e-80",
          "-vad_postspeech",
          "30",
          "-logfn",
          "/dev/null");
    }
  }

  public Pocketsphinx(Vertx vertx, Options options) {
    this.vertx = vertx;
    this.options = options;
  }

  @Override
  public String name() {
    return "pocketsphinx";
  }

  @Override
  public String title() {
    return "Pocketsphinx";
  }

  @Override
  public boolean outside() {
    return false;
  }

  @Override
  public boolean hears(String language) {
    return Language.same(language, options.language());
  }

  @Override
  public boolean interprets(String from, String to) {
    return false;
  }

  @Override
  public Future<Session> open(String language, List<String> into, Consumer<Speech> heard) {
    if (running.size() >= options.processes()) {
      return Future.failedFuture(
          Fault.tooMany(
              title() + " hears " + options.processes() + " speeches at once already.", 30));
    }
    SpeechProcess process = new SpeechProcess(vertx, title(), heard, running::remove);
    running.add(process);
    return process.start(options.command()).map(v -> process);
  }

  @Override
  public Future<Void> close() {
    running.forEach(SpeechProcess::kill);
    return Future.succeededFuture();
  }
}
