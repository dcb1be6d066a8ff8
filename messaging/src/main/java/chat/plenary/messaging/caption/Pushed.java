package chat.plenary.messaging.caption;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.meeting.Hearing;
import chat.plenary.messaging.meeting.Meeting;
import chat.plenary.messaging.meeting.MeetingEvent;
import chat.plenary.messaging.meeting.MeetingState;
import chat.plenary.messaging.meeting.Participant;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What providers push of what is said, as captions. */
public final class Pushed implements Hearing {
  private static final Logger LOGGER = LoggerFactory.getLogger(Pushed.class);

  private final Captions captions;

  public Pushed(Captions captions) {
    this.captions = captions;
  }

  /** A meeting as captions need it. What its provider still tells of it is taken to its end. */
  public static CaptionedMeeting of(Meeting meeting) {
    Instant began = meeting.began();
    return new CaptionedMeeting(
        meeting.id(),
        meeting.conversation(),
        meeting.organisation(),
        meeting.organiser(),
        began == null ? meeting.plan().start() : began,
        meeting.plan().languages(),
        meeting.state() == MeetingState.SCHEDULED || meeting.state() == MeetingState.LIVE);
  }

  /** The same of one that may not be there. */
  public static Optional<CaptionedMeeting> of(Optional<Meeting> found) {
    return found.map(Pushed::of);
  }

  @Override
  public Future<Void> said(Meeting meeting, MeetingEvent.Said said) {
    if (!Language.isTag(said.language())) {
      // To have it again would not mend it.
      LOGGER.warn("{} said something in no language that is known", meeting.provider());
      return Future.succeededFuture();
    }
    Participant participant = said.speaker();
    return captions
        .floor()
        .speaker(
            meeting.organisation(), participant.account(), participant.userid(), participant.name())
        .compose(speaker -> captions.take(of(meeting), sentence(meeting, speaker, said)))
        .mapEmpty();
  }

  private static Sentence sentence(Meeting meeting, Speaker speaker, MeetingEvent.Said said) {
    List<Translation> translations =
        said.translations().stream()
            .map(
                one ->
                    Translation.by(
                        meeting.provider(), meeting.providerTitle(), one.language(), one.text()))
            .toList();
    return new Sentence(
        key(meeting.provider() + "/" + said.key()),
        speaker,
        said.language(),
        said.text(),
        said.at(),
        said.at(),
        translations,
        Sentence.By.PROVIDER,
        said.complete(),
        false);
  }

  /** Keys that are none here are told by their hash. */
  private static String key(String key) {
    boolean good =
        key.length() <= Sentence.MAX_KEY && key.chars().noneMatch(Character::isISOControl);
    return good ? key : "hash/" + Sentence.hash(key, 16);
  }

  @Override
  public Future<List<String>> interprets(Meeting meeting, AccountId account) {
    return captions
        .interpreters()
        .roster(meeting.id())
        .map(
            roster ->
                roster.stream()
                    .filter(one -> one.account().equals(account))
                    .map(Interpreters.Interpreter::language)
                    .toList());
  }
}
