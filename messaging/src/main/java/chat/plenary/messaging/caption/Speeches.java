package chat.plenary.messaging.caption;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.TranslationPolicy;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import chat.plenary.messaging.log.Timers;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Speech that members send to an engine, and what it hears as captions. */
public final class Speeches {
  private final Captions captions;
  private final List<SpeechInterpreter> engines;
  private final Timers timers;
  private final Options options;
  private final VoiceOut voices;
  private final Map<AccountId, Integer> members = new HashMap<>();
  private int open;

  /**
   * What speeches are limited to, at one node.
   *
   * @param perMember speeches of one member at once
   * @param perNode speeches at once
   */
  public record Options(int perMember, int perNode) {
    /** 2 a member, 16 a node. */
    public static Options defaults() {
      return new Options(2, 16);
    }
  }

  /**
   * Speeches.
   *
   * @param engines those to ask, in this order: the first that understands the language hears it
   */
  public Speeches(
      Captions captions, List<SpeechInterpreter> engines, Timers timers, Options options) {
    this(captions, engines, VoiceOut.none(), timers, options);
  }

  /**
   * The same with somebody who may listen.
   *
   * @param voices where voice in other languages goes
   */
  public Speeches(
      Captions captions,
      List<SpeechInterpreter> engines,
      VoiceOut voices,
      Timers timers,
      Options options) {
    this.voices = voices;
    this.captions = captions;
    this.engines = List.copyOf(engines);
    this.timers = timers;
    this.options = options;
  }

  /**
   * A speech that is heard.
   *
   * @param feed takes the audio
   * @param engine the engine's name
   * @param title what people call it
   */
  public record Heard(SpeechFeed feed, String engine, String title) {}

  /** What the speaker is told. */
  public sealed interface Told {
    /** Captions stopped, or a sentence was lost, for this reason. */
    record Trouble(Fault why) implements Told {}

    /** All that was said was heard; nothing more comes. */
    record Over() implements Told {}
  }

  /**
   * Begins to listen to a member.
   *
   * @param language the tag of what is spoken
   * @param channel whether an interpreter speaks, for those who listen to that language
   * @param told hears what the speaker is to be told; never by two threads at once
   * @return fails as not found, forbidden, conflict (the meeting is over), too many, or unavailable
   *     where no engine hears the language now
   */
  public Future<Heard> open(
      Caller caller, String meeting, String language, boolean channel, Consumer<Told> told) {
    return captions
        .floor()
        .see(caller, meeting)
        .compose(
            seen ->
                captions
                    .floor()
                    .speaks(caller, seen, language, channel)
                    .compose(by -> counted(caller, seen, language, by, told)));
  }

  /** Whether a member may still speak as they do; fails where they may not. */
  public Future<Void> still(Caller caller, String meeting, String language, boolean channel) {
    return captions
        .floor()
        .see(caller, meeting)
        .compose(seen -> captions.floor().speaks(caller, seen, language, channel))
        .mapEmpty();
  }

  private Future<Heard> counted(
      Caller caller, Floor.Seen seen, String language, Sentence.By by, Consumer<Told> told) {
    AccountId account = caller.account();
    synchronized (members) {
      if (open >= options.perNode()) {
        return Future.failedFuture(
            Fault.tooMany("This node hears as many speeches as it may: try later.", 30));
      }
      if (members.getOrDefault(account, 0) >= options.perMember()) {
        return Future.failedFuture(
            Fault.tooMany("You speak " + options.perMember() + " times at once already.", 5));
      }
      open++;
      members.merge(account, 1, Integer::sum);
    }
    return captions
        .floor()
        .speaker(seen.meeting().organisation(), account, null, "")
        .compose(speaker -> begin(seen, speaker, language, by, told, () -> left(account)))
        .onFailure(failure -> left(account));
  }

  private void left(AccountId account) {
    synchronized (members) {
      open--;
      members.computeIfPresent(account, (id, count) -> count > 1 ? count - 1 : null);
    }
  }

  private Future<Heard> begin(
      Floor.Seen seen,
      Speaker speaker,
      String language,
      Sentence.By by,
      Consumer<Told> told,
      Runnable left) {
    CaptionedMeeting meeting = seen.meeting();
    boolean outside = seen.view().state().speaking().translation() == TranslationPolicy.OUTSIDE;
    SpeechInterpreter engine = engine(language, outside);
    if (engine == null) {
      String why =
          "No engine here understands speech in "
              + Locale.forLanguageTag(language).getDisplayName(Locale.ENGLISH)
              + ".";
      captions.trouble(meeting, speaker, language, why);
      return Future.failedFuture(Fault.of(Fault.Code.INVALID, "language", why));
    }
    return captions
        .interpreters()
        .channels(meeting.id())
        .compose(
            interpreted -> {
              List<String> into =
                  by == Sentence.By.INTERPRETER
                      ? List.of()
                      : meeting.languages().stream()
                          .filter(one -> !Language.same(one, language))
                          .filter(one -> !Floor.among(interpreted, one))
                          .filter(one -> engine.interprets(language, one))
                          .toList();
              SpeechFeed feed =
                  new SpeechFeed(
                      captions,
                      engine,
                      voices,
                      timers,
                      new SpeechFeed.Source(
                          meeting,
                          speaker,
                          language,
                          into,
                          by,
                          "speech/" + UUID.randomUUID().toString().substring(0, 8)),
                      told,
                      left);
              return feed.open()
                  .map(v -> new Heard(feed, engine.name(), engine.title()))
                  .onFailure(
                      failure ->
                          captions.trouble(meeting, speaker, language, SpeechFeed.words(failure)));
            });
  }

  private @Nullable SpeechInterpreter engine(String language, boolean outside) {
    return engines.stream()
        .filter(one -> outside || !one.outside())
        .filter(one -> one.hears(language))
        .findFirst()
        .orElse(null);
  }
}
