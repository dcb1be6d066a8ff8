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

/** Each violation of what readers are shown, and of their numbers, is caught and named. */
class ShownRulesTest {
  @Test
  void anEntryShownTwiceByAConnectionIsCaught() throws IOException {
    Story story = day();
    story.show(1, story.entry(9));
    caughtAlone(story.end(), Rule.SHOWN_TWICE);
  }

  @Test
  void aHoleInAStreamIsCaughtEvenIfItIsFilledLater() throws IOException {
    Story story = day();
    Event.Shown left = story.shown(1, Via.PAGE, story.entry(8));
    story.drop(event -> live(event, 1, 8));
    story.events.add(left);
    caughtAlone(story.end(), Rule.STREAM_GAP);
  }

  @Test
  void aRemovedMemberWhoIsShownMoreIsCaught() throws IOException {
    Story story = day();
    story.open(3);
    story.show(3, story.entry(8));
    caughtAlone(story.end(), Rule.SEEN_BEYOND_REMOVAL);
  }

  @Test
  void aRemovedMemberIsWrittenNothingAfterFiveSeconds() throws IOException {
    Story soon = day();
    soon.open(3);
    soon.tick(4_000);
    soon.show(3, soon.entry(6));
    assertThat(soon.end().judge().violations()).isEmpty();
    Story late = day();
    late.open(3);
    late.tick(7_000);
    late.show(3, late.entry(6));
    caughtAlone(late.end(), Rule.LATE_AFTER_REMOVAL);
  }

  @Test
  void aFlushOfANodeThatWasStoppedIsExcused() throws IOException {
    Story late = day();
    late.open(3);
    late.events.add(new Event.Fault(late.tick(1), true, true, "n1", "stopped"));
    late.tick(30_000);
    late.events.add(new Event.Fault(late.tick(1), false, true, "n1", "stopped"));
    late.show(3, late.entry(6));
    assertThat(late.end().judge().violations()).isEmpty();
  }

  @Test
  void anotherOrganisationThatIsShownSomethingIsCaught() throws IOException {
    Story story = day();
    story.show(2, story.entry(8));
    caughtAlone(story.end(), Rule.OTHER_ORGANISATION);
  }

  @Test
  void aRevokedAccountIsWrittenNothingAfterFiveSeconds() throws IOException {
    Story story = day();
    long op = 8;
    story.events.add(
        new Event.Invoked(op, story.tick(1), Action.REVOKE, "alice", "", "n1", "bo", "", 0, 0));
    story.answer(op, Outcome.OK, 0);
    story.tick(8_000);
    story.append("message.posted", "alice", "after", 51, 0, List.of(), List.of());
    story.events.add(
        new Event.Invoked(9, story.tick(1), Action.POST, "alice", "", "n1", "g1", "after", 51, 0));
    story.show(1, story.entry(10));
    caughtAlone(story.end(), Rule.REVOKED);
  }

  @Test
  void aFollowerWhoMissedTheLastEntryIsCaught() throws IOException {
    caughtAlone(day().end().drop(event -> live(event, 1, 9)), Rule.FOLLOWER);
  }

  @Test
  void aPageWithoutTheNewestEditIsCaught() throws IOException {
    caught(
        day().end().change(Event.Shown.class, shown -> last(shown, 2), s -> showing(s, 11)),
        Rule.MARKS);
  }

  @Test
  void aPageWhoseMessageLacksWhatTheSamePageSaysOfItIsCaught() throws IOException {
    for (long later : List.of(5L, 6L)) {
      Story story = page();
      story.events.add(story.shown(7, Via.PAGE, story.entry(later)));
      caughtAlone(story.end(), Rule.MARKS);
    }
    assertThat(page().end().judge().violations()).isEmpty();
  }

  /** A page that ends before the edit and the recall. */
  private static Story page() {
    Story story = day();
    story.events.add(new Event.Reader(7, "bo", Event.Reader.PAGE));
    for (long seq = 1; seq <= 4; seq++) {
      story.events.add(story.shown(7, Via.PAGE, story.entry(seq)));
    }
    return story;
  }

  @Test
  void aRecalledMessageThatIsStillShownIsCaught() throws IOException {
    caught(
        day().end().change(Event.Shown.class, shown -> last(shown, 3), s -> showing(s, 12)),
        Rule.MARKS);
  }

  @Test
  void aPositionThatGoesBackIsCaught() throws IOException {
    Story story = day();
    long op = story.ask(Action.POSITION, "bo", "", 0, 9);
    story.answer(op, Outcome.OK, 9);
    story.tick(6_000);
    story.events.add(
        new Event.Inbox(story.tick(1), story.tick(1), 1, "g1", "member", 9, 5, 3, 2, 3));
    caughtAlone(story.end(), Rule.POSITION_BACK);
  }

  @Test
  void anUnreadCountThatIsWrongIsCaught() throws IOException {
    Story story = day();
    story.events.add(
        new Event.Inbox(story.tick(1), story.tick(1), 1, "g1", "member", 9, 5, 3, 2, 4));
    caughtAlone(story.end(), Rule.UNREAD);
  }

  @Test
  void aStaleHeadIsCaught() throws IOException {
    Story story = day();
    story.tick(6_000);
    story.events.add(
        new Event.Inbox(story.tick(1), story.tick(1), 1, "g1", "member", 7, 3, 3, 2, 1));
    caughtAlone(story.end(), Rule.STALE);
  }
}
