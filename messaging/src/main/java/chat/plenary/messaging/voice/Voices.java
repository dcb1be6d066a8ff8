package chat.plenary.messaging.voice;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.caption.CaptionedMeeting;
import chat.plenary.messaging.caption.Captions;
import chat.plenary.messaging.caption.Floor;
import chat.plenary.messaging.caption.VoiceOut;
import chat.plenary.messaging.cluster.Bus;
import chat.plenary.messaging.conversation.TranslationPolicy;
import chat.plenary.messaging.delivery.Signals;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import chat.plenary.messaging.interpretation.TextSpeaker;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Timers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The voices of meetings at one node: what engines speak of what they hear, wherever in the cluster
 * they hear it, and finished captions that an engine of this node reads aloud to those who listen
 * here. Nothing is stored, everything is bounded, and nothing waits for a listener.
 */
public final class Voices implements VoiceOut {
  private final Captions captions;
  private final List<TextSpeaker> speakers;
  private final List<SpeechInterpreter> engines;
  private final Timers timers;
  private final Options options;
  private final Bus bus;
  private final Wanted wanted;
  private final Givers givers;
  private final VoiceCounts counts;
  private final Map<String, Line> lines = new ConcurrentHashMap<>();
  private final Map<AccountId, Integer> members = new HashMap<>();
  private final Map<String, Open> channels = new HashMap<>();
  private int open;

  /**
   * How many may listen, at one node.
   *
   * @param perMember listeners of one member at once
   * @param perNode listeners at once
   */
  public record Options(int perMember, int perNode) {
    /** 2 a member, 200 a node. */
    public static Options defaults() {
      return new Options(2, 200);
    }
  }

  /** What a node brings along for voices. */
  public record Parts(Log log, Bus bus, Signals signals, Timers timers) {}

  /**
   * What speaks a language.
   *
   * @param language its tag
   * @param engine the engine's name
   * @param title what people call it
   * @param simulated whether what is heard is no speech
   */
  public record Available(String language, String engine, String title, boolean simulated) {}

  /** Somebody who listens. */
  public interface Listening {
    /** Ends it. */
    void close();
  }

  /** A channel, and what is read aloud into it. */
  record Open(Channel channel, Reading reading) {}

  private Voices(
      Parts parts,
      Captions captions,
      List<TextSpeaker> speakers,
      List<SpeechInterpreter> engines,
      Options options) {
    this.captions = captions;
    this.speakers = List.copyOf(speakers);
    this.engines = List.copyOf(engines);
    this.timers = parts.timers();
    this.counts =
        new VoiceCounts(
            Stream.concat(
                    speakers.stream().map(TextSpeaker::name),
                    engines.stream().map(SpeechInterpreter::name))
                .toList());
    this.options = options;
    this.bus = parts.bus();
    this.wanted = new Wanted(bus, timers, this::listenedTo);
    this.givers = new Givers(bus, timers);
    bus.serve(Line.TOPIC, (node, message) -> heard(message));
    bus.onChange(() -> lines.keySet().retainAll(bus.members()));
  }

  /**
   * Opens voices, and adds their listener to the log, which must not have been started.
   *
   * @param translations what there is of translations of captions
   * @param speakers what reads captions aloud, in the order in which it is asked
   * @param engines those that hear speech
   */
  public static Voices open(
      Parts parts,
      Captions captions,
      Captions.Translations translations,
      List<TextSpeaker> speakers,
      List<SpeechInterpreter> engines,
      Options options) {
    Voices voices = new Voices(parts, captions, speakers, engines, options);
    Texts texts = new Texts(translations);
    parts.signals().listen(texts::signalled);
    parts.log().listen(new Said(voices, texts, voices.givers, parts.timers().clock()));
    return voices;
  }

  // ---- what it comes to

  /** What came of voices here since this node started. */
  public VoiceCounts counts() {
    return counts;
  }

  /** How many listen here now. */
  public int listeners() {
    synchronized (members) {
      return open;
    }
  }

  /** Languages of meetings that are listened to here now. */
  public int languages() {
    return open().size();
  }

  // ---- listeners

  /**
   * Which languages of a meeting can be listened to, as its group allows: its own, its group's, and
   * one that is asked for.
   *
   * @return fails as not found for whoever is no member
   */
  public Future<List<Available>> available(
      Caller caller, String meeting, @Nullable String language) {
    return captions
        .floor()
        .see(caller, meeting)
        .map(
            seen -> {
              Set<String> asked = new LinkedHashSet<>(seen.meeting().languages());
              asked.addAll(seen.view().state().speaking().languages());
              if (language != null) {
                asked.add(language);
              }
              List<Available> found = new ArrayList<>();
              for (String one : asked) {
                Available by = by(seen, one);
                if (by != null) {
                  found.add(by);
                }
              }
              return found;
            });
  }

  private @Nullable Available by(Floor.Seen seen, String asked) {
    String language = Language.written(asked);
    boolean outside = isOutside(seen.view().state().speaking().translation());
    for (SpeechInterpreter one : engines) {
      boolean speaks =
          (outside || !one.outside())
              && seen.meeting().languages().stream()
                  .anyMatch(
                      from ->
                          !Language.same(from, language)
                              && one.hears(from)
                              && one.speaks(from, language));
      if (speaks) {
        return new Available(asked, one.name(), one.title(), false);
      }
    }
    TextSpeaker speaker = speaker(language, outside);
    return speaker == null
        ? null
        : new Available(asked, speaker.name(), speaker.title(), speaker.simulated());
  }

  static boolean isOutside(TranslationPolicy policy) {
    return policy == TranslationPolicy.OUTSIDE;
  }

  /** What reads a language aloud here, or null. */
  @Nullable TextSpeaker speaker(String language, boolean outside) {
    return speakers.stream()
        .filter(one -> outside || !one.outside())
        .filter(one -> one.speaks(language))
        .findFirst()
        .orElse(null);
  }

  /**
   * Listens to a meeting.
   *
   * @param language the tag of a language
   * @param ear hears what is spoken from the next sentence on
   * @return fails as not found, conflict (the meeting is over), too many, or invalid where nothing
   *     here speaks the language
   */
  public Future<Listening> listen(Caller caller, String meeting, String language, Ear ear) {
    return see(caller, meeting)
        .map(
            seen -> {
              if (by(seen, language) == null) {
                throw Fault.of(
                    Fault.Code.INVALID,
                    "language",
                    "Nothing here speaks "
                        + Locale.forLanguageTag(language).getDisplayName(Locale.ENGLISH)
                        + ".");
              }
              count(caller.account());
              return join(caller, seen.meeting(), Language.written(language), ear);
            });
  }

  /** Whether a member may still listen; fails where they may not, or the meeting is over. */
  public Future<Void> still(Caller caller, String meeting) {
    return see(caller, meeting).mapEmpty();
  }

  private Future<Floor.Seen> see(Caller caller, String meeting) {
    return captions
        .floor()
        .see(caller, meeting)
        .map(
            seen -> {
              if (!seen.meeting().open()) {
                throw Fault.of(Fault.Code.CONFLICT, "The meeting is over.");
              }
              return seen;
            });
  }

  private void count(AccountId account) {
    synchronized (members) {
      if (open >= options.perNode()) {
        throw Fault.tooMany("This node has as many listeners as it may: try later.", 30);
      }
      if (members.getOrDefault(account, 0) >= options.perMember()) {
        throw Fault.tooMany("You listen " + options.perMember() + " times at once already.", 5);
      }
      open++;
      members.merge(account, 1, Integer::sum);
    }
  }

  private void uncount(AccountId account) {
    synchronized (members) {
      open--;
      members.computeIfPresent(account, (id, count) -> count > 1 ? count - 1 : null);
    }
  }

  private Listening join(Caller caller, CaptionedMeeting meeting, String language, Ear ear) {
    String id = meeting.id() + "/" + language;
    synchronized (channels) {
      channels
          .computeIfAbsent(
              id,
              none -> {
                Channel channel =
                    new Channel(meeting.id(), meeting.conversation(), language, timers, counts);
                return new Open(channel, new Reading(channel, counts));
              })
          .channel()
          .join(caller, ear);
    }
    wanted.changed();
    return new Listening() {
      private boolean left;

      @Override
      public synchronized void close() {
        if (!left) {
          left = true;
          leave(id, ear);
          uncount(caller.account());
        }
      }
    };
  }

  private void leave(String id, Ear ear) {
    synchronized (channels) {
      Open one = channels.get(id);
      if (one != null && one.channel().leave(ear)) {
        channels.remove(id);
      }
    }
    wanted.changed();
  }

  /** All channels that are listened to here. */
  List<Open> open() {
    synchronized (channels) {
      return List.copyOf(channels.values());
    }
  }

  private Map<String, Set<String>> listenedTo() {
    Map<String, Set<String>> here = new HashMap<>();
    open()
        .forEach(
            one ->
                here.computeIfAbsent(one.channel().meeting, m -> new HashSet<>())
                    .add(one.channel().language));
    return here;
  }

  // ---- what engines give

  @Override
  public Set<String> wanted(String meeting) {
    Set<String> all = wanted.elsewhere(meeting);
    all.addAll(listenedTo().getOrDefault(meeting, Set.of()));
    return all;
  }

  @Override
  public void gives(String meeting, String speech, Set<String> languages) {
    givers.gives(meeting, speech, languages);
  }

  @Override
  public void failed(String engine) {
    counts.failed(engine);
  }

  @Override
  public void voice(Voiced voiced) {
    counts.spoken(voiced.engine(), voiced.audio().length());
    here(voiced);
    for (String node : wanted.nodes(voiced.meeting(), voiced.language())) {
      lines.computeIfAbsent(node, name -> new Line(bus, name, counts)).send(voiced);
    }
  }

  private Future<Buffer> heard(Buffer message) {
    Voiced voiced = Line.read(message);
    if (voiced == null) {
      return Future.failedFuture("this is no voice");
    }
    here(voiced);
    return Future.succeededFuture(Buffer.buffer());
  }

  private void here(Voiced voiced) {
    for (Open one : open()) {
      Channel channel = one.channel();
      if (channel.meeting.equals(voiced.meeting())
          && Language.same(channel.language, voiced.language())) {
        channel.add(voiced.key(), voiced.engine(), voiced.title(), voiced.audio());
      }
    }
  }

  /** Ends what listens and what speaks. */
  public Future<Void> close() {
    wanted.close();
    return Future.join(speakers.stream().map(TextSpeaker::close).toList()).mapEmpty();
  }
}
