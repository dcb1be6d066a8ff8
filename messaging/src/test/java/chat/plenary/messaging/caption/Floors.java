package chat.plenary.messaging.caption;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.cluster.Bus;
import chat.plenary.messaging.conversation.Conversations;
import chat.plenary.messaging.conversation.TranslationPolicy;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import chat.plenary.messaging.interpretation.TextSpeaker;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.organisation.Joining;
import chat.plenary.messaging.voice.TwoNodes;
import chat.plenary.messaging.voice.Voices;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A node with captions, a group of Alice's with Bo in it, and its meeting. */
public final class Floors implements AutoCloseable {
  public static final String MEETING = "mAAAAAAAAAAAAAAAAAAAAAA";
  public static final Instant START = Instant.parse("2026-12-02T14:00:00Z");

  public final Assembly assembly;
  public final Timers timers;
  public final Map<String, CaptionedMeeting> meetings = new ConcurrentHashMap<>();
  public final Captions captions;

  /** The same captions at another node, which remembers nothing of this one's doing. */
  public final Captions elsewhere;

  /** Who listens at this node, and at another one. */
  public final Voices voices;

  public final Voices voicesElsewhere;

  /** Who is asked for translations. */
  public volatile Captions.Translations translator =
      (reader, conversation, seqs, language) -> Future.succeededFuture(Map.of());

  /** Meetings of which sessions were told that something changed. */
  public final List<String> changed = new CopyOnWriteArrayList<>();

  public ConversationId group;

  private Floors(Assembly assembly, List<TextSpeaker> speakers, List<SpeechInterpreter> engines)
      throws Exception {
    this.assembly = assembly;
    this.timers = new VertxTimers(assembly.vertx, Clock.systemUTC());
    this.captions = captions();
    this.elsewhere = captions();
    TwoNodes buses = new TwoNodes(assembly.vertx);
    this.voices = voices(buses.one, captions, speakers, engines);
    this.voicesElsewhere = voices(buses.other, elsewhere, speakers, engines);
  }

  private Voices voices(
      Bus bus, Captions of, List<TextSpeaker> speakers, List<SpeechInterpreter> engines) {
    return Voices.open(
        new Voices.Parts(assembly.chat.log(), bus, assembly.chat.signals(), timers),
        of,
        (reader, conversation, seqs, language) ->
            translator.of(reader, conversation, seqs, language),
        speakers,
        engines,
        Voices.Options.defaults());
  }

  public static Floors open(Path directory) throws Exception {
    return open(directory, assembly -> null);
  }

  /**
   * The same with translations.
   *
   * @param translations opens them, before the log is started; null for none
   */
  public static Floors open(Path directory, Function<Assembly, Captions.Translations> translations)
      throws Exception {
    return open(directory, translations, List.of(), List.of());
  }

  /** The same with what speaks. */
  public static Floors open(
      Path directory,
      Function<Assembly, Captions.Translations> translations,
      List<TextSpeaker> speakers,
      List<SpeechInterpreter> engines)
      throws Exception {
    Floors floors = new Floors(Assembly.open(directory), speakers, engines);
    Captions.Translations opened = translations.apply(floors.assembly);
    if (opened != null) {
      floors.translator = opened;
    }
    floors.assembly.start();
    floors.group = floors.assembly.group("dialogue");
    floors.meeting(MEETING, true);
    return floors;
  }

  private Captions captions() throws Exception {
    return await(
        Captions.open(
            assembly.chat.log(),
            assembly.chat.access(),
            assembly.chat.messages(),
            assembly.chat.history(),
            assembly.store,
            assembly.chat.signals(),
            timers,
            new Captions.Doors(
                id -> Future.succeededFuture(Optional.ofNullable(meetings.get(id))),
                (reader, conversation, seqs, language) ->
                    translator.of(reader, conversation, seqs, language),
                changed::add)));
  }

  /** The meeting, which is open or over. */
  public CaptionedMeeting meeting(String id, boolean open) {
    CaptionedMeeting meeting =
        new CaptionedMeeting(
            id,
            group,
            assembly.alice.organisation(),
            assembly.alice.account(),
            START,
            List.of("en", "es", "fr"),
            open);
    meetings.put(id, meeting);
    return meeting;
  }

  public CaptionedMeeting meeting() {
    return meetings.get(MEETING);
  }

  /** A member of the organisation, who is in the group or not. */
  public Caller join(String userid, boolean inGroup) throws Exception {
    Joining.Candidate candidate =
        new Joining.Candidate(userid, userid, "correct horse battery", Role.MEMBER, List.of());
    var id =
        await(assembly.chat.organisations().add(assembly.alice, List.of(candidate))).get(0).id();
    if (inGroup) {
      await(
          assembly
              .chat
              .conversations()
              .changeMembers(
                  assembly.alice, group, List.of(id), List.of(), new Ref("join-" + userid)));
    }
    return new Caller(id, assembly.alice.organisation(), null, Role.MEMBER, false);
  }

  /** Takes somebody out of the group. */
  public void remove(AccountId who) throws Exception {
    await(
        assembly
            .chat
            .conversations()
            .changeMembers(
                assembly.alice, group, List.of(), List.of(who), new Ref("remove-" + who.value())));
  }

  /** Changes how the group is set up. */
  public void change(Conversations.Wish wish) throws Exception {
    await(assembly.chat.conversations().change(assembly.alice, group, wish, new Ref("change")));
  }

  /** Says that what is said may leave the organisation. */
  public void openToOutside() throws Exception {
    change(new Conversations.Wish(null, null, null, TranslationPolicy.OUTSIDE));
  }

  /** A sentence of Alice's on the floor, said some seconds after the beginning. */
  public static Sentence said(String key, String text, int second) {
    return new Sentence(
        key,
        Speaker.of(null, "Alice Adams"),
        "en",
        text,
        START.plusSeconds(second),
        START.plusSeconds(second + 1),
        List.of(),
        Sentence.By.PROVIDER,
        true,
        false);
  }

  /** Takes a sentence at this node; its number. */
  public long take(Sentence sentence) throws Exception {
    return take(captions, sentence);
  }

  /** The same at another one. */
  public long take(Captions where, Sentence sentence) throws Exception {
    return await(where.take(meeting(), sentence));
  }

  /** Recalls what has a number, as its group's owner may. */
  public void recall(long seq) throws Exception {
    await(
        assembly
            .chat
            .messages()
            .recall(assembly.alice, group, new Ref("recall-" + seq), seq, "path"));
  }

  /** What Alice is shown of what was said in the group. */
  public List<EntryView> shown() throws Exception {
    return assembly.history(assembly.alice, group).stream()
        .filter(one -> !one.entry().kind().startsWith("conversation."))
        .toList();
  }

  /** What the record holds, by pages of 100. */
  public List<CaptionRecord.Line> record(Caller reader, String language) throws Exception {
    List<CaptionRecord.Line> lines = new ArrayList<>();
    long after = 0;
    do {
      CaptionRecord.Page page =
          await(captions.record().page(reader, MEETING, after, 100, language));
      lines.addAll(page.lines());
      after = page.next();
    } while (after > 0);
    return lines;
  }

  /** The same, when it has so many: rows are written soon after entries. */
  public List<CaptionRecord.Line> record(Caller reader, String language, int many)
      throws Exception {
    until(many + " lines", () -> record(reader, language).size() >= many);
    return record(reader, language);
  }

  /** What is said in lines of the record. */
  public static List<String> texts(List<CaptionRecord.Line> lines) {
    return lines.stream()
        .map(line -> line.sentence() == null ? "(recalled)" : line.sentence().text())
        .toList();
  }

  /** The record as a text. */
  public String export(Caller reader, String language) throws Exception {
    return Exports.text(await(captions.record().export(reader, MEETING, 0, language)), language);
  }

  /** Translates each into its language and number. */
  public static Captions.Translations numbers() {
    return (reader, conversation, seqs, language) -> {
      Map<Long, Translation> found = new HashMap<>();
      seqs.forEach(
          seq ->
              found.put(seq, Translation.by("numbers", "Numbers", language, language + ":" + seq)));
      return Future.succeededFuture(found);
    };
  }

  @Override
  public void close() throws Exception {
    await(voices.close());
    await(voicesElsewhere.close());
    assembly.close();
  }
}
