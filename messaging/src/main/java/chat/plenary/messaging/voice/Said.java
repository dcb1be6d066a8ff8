package chat.plenary.messaging.voice;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.caption.Captions;
import chat.plenary.messaging.caption.Sentence;
import chat.plenary.messaging.caption.Translation;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.interpretation.TextSpeaker;
import chat.plenary.messaging.log.Applied;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.LiveListener;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Captions as they come into the log, for those who listen at this node: each that is said in
 * another language, or interpreted into theirs, is given to be read aloud. What an engine speaks
 * itself is not, nor what people interpret into that language, nor what this node learns of late.
 */
final class Said implements LiveListener {
  private static final Duration LATE = Duration.ofSeconds(30);

  private final Voices voices;
  private final Texts texts;
  private final Givers givers;
  private final Clock clock;

  Said(Voices voices, Texts texts, Givers givers, Clock clock) {
    this.voices = voices;
    this.texts = texts;
    this.givers = givers;
    this.clock = clock;
  }

  @Override
  public void applied(int lane, List<Applied> applied) {
    List<Voices.Open> open = voices.open();
    if (open.isEmpty()) {
      return;
    }
    for (Applied one : applied) {
      for (Voices.Open channel : open) {
        if (channel.channel().conversation.equals(one.entry().conversation())) {
          take(channel, one);
        }
      }
    }
  }

  private void take(Voices.Open open, Applied applied) {
    Entry entry = applied.entry();
    BsonDocument body = entry.body();
    if (entry.kind().equals(Kinds.RECALLED) && body != null) {
      open.reading().recall(Bson.number(body, "target", 0));
    } else if (entry.kind().equals(Kinds.MEMBERS)) {
      open.channel().look();
    } else if (entry.kind().equals(Kinds.POSTED) && body != null && MessageBody.isCaption(body)) {
      said(open, applied, body);
    }
  }

  private void said(Voices.Open open, Applied applied, BsonDocument body) {
    Channel channel = open.channel();
    Entry entry = applied.entry();
    Sentence sentence = Captions.sentence(body);
    if (sentence == null
        || !channel.meeting.equals(Bson.text(body, "meeting"))
        || clock.instant().isAfter(entry.at().plus(LATE))
        || givers.isGiven(channel.meeting, sentence.key(), channel.language)) {
      return;
    }
    boolean outside =
        applied.after() instanceof ConversationState state
            && Voices.isOutside(state.speaking().translation());
    TextSpeaker speaker = voices.speaker(channel.language, outside);
    Future<String> text = speaker == null ? null : text(channel, entry, sentence, body);
    if (speaker != null && text != null) {
      open.reading().add(entry.seq(), sentence.key(), speaker, text);
    }
  }

  /** What is to be read aloud; null for nothing. */
  private @Nullable Future<String> text(
      Channel channel, Entry entry, Sentence sentence, BsonDocument body) {
    String language = channel.language;
    if (Language.same(sentence.language(), language)) {
      return sentence.by() == Sentence.By.INTERPRETER
          ? Future.succeededFuture(sentence.text())
          : null;
    }
    if (sentence.by() == Sentence.By.INTERPRETER
        || Bson.strings(body, "interpreted").stream()
            .anyMatch(one -> Language.same(one, language))) {
      return null;
    }
    Translation came = sentence.into(language);
    if (came != null && came.text() != null) {
      return Future.succeededFuture(came.text());
    }
    Caller reader = channel.anyone();
    return reader == null ? null : texts.of(reader, entry.conversation(), entry.seq(), language);
  }
}
