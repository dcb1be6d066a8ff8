package chat.plenary.lab.checker;

import static chat.plenary.lab.checker.Story.caught;
import static chat.plenary.lab.checker.Story.caughtAlone;
import static chat.plenary.lab.checker.Story.day;
import static chat.plenary.lab.checker.Story.last;
import static chat.plenary.lab.checker.Story.live;
import static chat.plenary.lab.checker.Story.showing;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.lab.history.Event;
import chat.plenary.lab.history.Event.Action;
import chat.plenary.lab.history.Event.Outcome;
import chat.plenary.lab.history.Event.Via;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each violation of what stands in a history, and in which order, is caught and named. */
class HistoryRulesTest {
  @Test
  void anAcceptedEntryThatIsMissingAtTheEndIsCaught() throws IOException {
    caught(day().end().drop(event -> last(event, 9)), Rule.ACCEPTED_MISSING);
  }

  @Test
  void aHoleInTheNumbersIsCaught() throws IOException {
    caught(day().end().drop(event -> last(event, 4)), Rule.GAP);
  }

  @Test
  void anEntryThatIsThereTwiceIsCaught() throws IOException {
    Story story = day();
    story.append("message.posted", "alice", "r8", 18, 0, List.of(), List.of());
    story.show(1, story.entry(10));
    caughtAlone(story.end(), Rule.TWICE);
  }

  @Test
  void aReaderWhoSeesAnotherOrderIsCaught() throws IOException {
    Story story = day().end();
    story.change(
        Event.Shown.class,
        shown -> live(shown, 1, 8),
        shown ->
            new Event.Shown(
                shown.at(),
                1,
                Via.LIVE,
                "g1",
                8,
                shown.m(),
                "message.posted",
                "alice",
                "r8",
                18,
                0,
                0,
                0,
                List.of(),
                List.of()));
    caught(story, Rule.ANOTHER_ORDER);
  }

  @Test
  void aMessageThatStandsBeforeWhatWasAcceptedBeforeItIsCaught() throws IOException {
    Story story = day();
    long late = story.ask(Action.POST, "bo", "r9", 19, 0);
    story.append("message.posted", "cleo", "x", 20, 0, List.of(), List.of());
    story.append("message.posted", "bo", "r9", 19, 0, List.of(), List.of());
    story.show(1, story.entry(10));
    story.show(1, story.entry(11));
    story.answer(late, Outcome.OK, 11);
    story.answer(story.ask(Action.POST, "cleo", "x", 20, 0), Outcome.OK, 10);
    caught(story.end(), Rule.REAL_TIME);
  }

  /** The refusal was lost with the connection: nobody can tell it from a message that was. */
  @Test
  void aMessageThatWasPerhapsRefusedBeforeItsSenderWasLetInAgainMayStandBehind()
      throws IOException {
    Story story = day();
    long first = story.ask(Action.POST, "cleo", "c1", 21, 0);
    long second = story.ask(Action.POST, "cleo", "c2", 22, 0);
    long in = story.members("in", List.of("cleo"), List.of());
    story.lost(3);
    story.append("message.posted", "cleo", "c2", 22, 0, List.of(), List.of());
    story.append("message.posted", "cleo", "c1", 21, 0, List.of(), List.of());
    story.show(1, story.entry(in + 1));
    story.show(1, story.entry(in + 2));
    story.answer(first, Outcome.OK, in + 2);
    story.answer(second, Outcome.OK, in + 1);
    assertThat(story.end().judge().violations()).isEmpty();
    caughtAlone(
        story.drop(event -> event instanceof Event.Linked linked && linked.reader() == 3),
        Rule.SENDER_ORDER);
  }

  @Test
  void aSendersMessagesInTheWrongOrderAreCaught() throws IOException {
    Story story = day();
    long first = story.ask(Action.POST, "alice", "a1", 21, 0);
    long second = story.ask(Action.POST, "alice", "a2", 22, 0);
    story.append("message.posted", "alice", "a2", 22, 0, List.of(), List.of());
    story.append("message.posted", "alice", "a1", 21, 0, List.of(), List.of());
    story.show(1, story.entry(10));
    story.show(1, story.entry(11));
    story.answer(first, Outcome.OK, 11);
    story.answer(second, Outcome.OK, 10);
    caughtAlone(story.end(), Rule.SENDER_ORDER);
  }

  @Test
  void anEntryThatIsShownButNotInTheHistoryIsCaught() throws IOException {
    Story story = day();
    story.ask(Action.POST, "bo", "ghost", 31, 0);
    Event.Shown last = story.entry(9);
    story.events.add(
        new Event.Shown(
            story.tick(1),
            1,
            Via.LIVE,
            "g1",
            10,
            last.m() + 1,
            "message.posted",
            "bo",
            "ghost",
            31,
            0,
            0,
            0,
            List.of(),
            List.of()));
    caught(story.end(), Rule.NOT_IN_HISTORY);
  }

  @Test
  void aBodyThatNobodySentIsCaught() throws IOException {
    Story story = day().end();
    story.change(Event.Shown.class, shown -> live(shown, 1, 8), s -> showing(s, 99));
    caughtAlone(story, Rule.NOT_IN_HISTORY);
  }

  @Test
  void anEntryThatNobodySentIsCaught() throws IOException {
    Story story = day();
    story.append("message.posted", "bo", "invented", 31, 0, List.of(), List.of());
    story.show(1, story.entry(10));
    caughtAlone(story.end(), Rule.NEVER_SENT);
  }
}
