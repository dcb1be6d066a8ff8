package chat.plenary.lab.checker;

import static chat.plenary.lab.checker.Story.caught;
import static chat.plenary.lab.checker.Story.caughtAlone;
import static chat.plenary.lab.checker.Story.day;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.lab.history.Event;
import chat.plenary.lab.history.Event.Action;
import chat.plenary.lab.history.Event.Outcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each violation of what senders are answered is caught and named. */
class AnswerRulesTest {
  @Test
  void aRefWithTwoNumbersIsCaught() throws IOException {
    Story story = day();
    story.answer(story.ask(Action.POST, "alice", "r8", 18, 0), Outcome.OK, 8);
    caughtAlone(story.end(), Rule.TWO_NUMBERS);
  }

  @Test
  void anAnswerWithAnotherNumberThanTheEntryHasIsCaught() throws IOException {
    caught(
        day()
            .end()
            .change(
                Event.Returned.class,
                returned -> returned.seq() == 9,
                r -> new Event.Returned(r.op(), r.at(), r.outcome(), "", 5, 0)),
        Rule.TWO_NUMBERS);
  }

  @Test
  void somethingRefusedThatIsThereIsCaught() throws IOException {
    Story story = day();
    long op = story.ask(Action.POST, "bo", "no", 31, 0);
    story.append("message.posted", "bo", "no", 31, 0, List.of(), List.of());
    story.show(1, story.entry(10));
    story.answer(op, Outcome.REFUSED, 0);
    caughtAlone(story.end(), Rule.REFUSED_BUT_THERE);
  }

  @Test
  void whatWasRefusedAfterItsConnectionWasLostMayBeThere() throws IOException {
    Story story = day();
    long op = story.ask(Action.POST, "bo", "again", 31, 0);
    story.lost(1);
    story.answer(op, Outcome.REFUSED, 0);
    story.append("message.posted", "bo", "again", 31, 0, List.of(), List.of());
    story.show(1, story.entry(10));
    assertThat(story.end().judge().violations()).isEmpty();
    caughtAlone(
        story.drop(
            event -> event instanceof Event.Linked linked && linked.link() == Event.Link.LOST),
        Rule.REFUSED_BUT_THERE);
  }

  @Test
  void aRefUsedAgainWithAnotherBodyAndAcceptedIsCaught() throws IOException {
    Story story = day();
    story.answer(story.ask(Action.POST, "alice", "r8", 77, 0), Outcome.OK, 9);
    caughtAlone(story.end(), Rule.NO_CONFLICT);
  }

  @Test
  void afterARecallEachRetryGetsTheFirstResult() throws IOException {
    Story story = day();
    story.answer(story.ask(Action.POST, "bo", "r2", 77, 0), Outcome.OK, 3);
    assertThat(story.end().judge().violations()).isEmpty();
    Story other = day();
    other.answer(other.ask(Action.POST, "bo", "r2", 77, 0), Outcome.CONFLICT, 0);
    caughtAlone(other.end(), Rule.WRONG_CONFLICT);
  }

  @Test
  void aRetryWithTheSameBodyThatIsCalledAConflictIsCaught() throws IOException {
    Story story = day();
    story.answer(story.ask(Action.POST, "alice", "r8", 18, 0), Outcome.CONFLICT, 0);
    caughtAlone(story.end(), Rule.WRONG_CONFLICT);
  }

  @Test
  void aPostByAFormerMemberThatIsAcceptedIsCaught() throws IOException {
    Story story = day();
    story.post("cleo", "late", 41);
    caughtAlone(story.end(), Rule.NOT_ALLOWED);
  }
}
