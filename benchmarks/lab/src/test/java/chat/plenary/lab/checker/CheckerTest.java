package chat.plenary.lab.checker;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.lab.history.Event;
import chat.plenary.lab.history.Event.Action;
import chat.plenary.lab.history.Event.Outcome;
import chat.plenary.lab.history.Event.Via;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A good history passes, and each kind of violation is caught and named. */
class CheckerTest {
  /** Five messages, an edit, a recall, cleo removed; all well. */
  private static Story day() {
    Story story = new Story();
    story.post("alice", "r1", 11);
    story.post("bo", "r2", 12);
    story.post("alice", "r3", 13);
    story.act(Action.EDIT, "message.edited", "alice", "r4", 14, 2);
    story.act(Action.RECALL, "message.recalled", "bo", "r5", 0, 3);
    story.members("r6", List.of(), List.of("cleo"));
    story.post("alice", "r7", 17);
    story.post("alice", "r8", 18);
    return story;
  }

  private static void caught(Story story, Rule rule) throws IOException {
    Verdict verdict = story.judge();
    assertThat(verdict.counts()).as(() -> verdict.violations().toString()).containsKey(rule);
    assertThat(verdict.violations()).anyMatch(one -> one.rule() == rule && !one.words().isBlank());
  }

  private static void caughtAlone(Story story, Rule rule) throws IOException {
    Verdict verdict = story.judge();
    assertThat(verdict.counts().keySet())
        .as(() -> verdict.violations().toString())
        .containsExactly(rule);
  }

  private static boolean live(Event event, int reader, long seq) {
    return event instanceof Event.Shown shown
        && shown.via() == Via.LIVE
        && shown.reader() == reader
        && shown.seq() == seq;
  }

  private static boolean last(Event event, long seq) {
    return event instanceof Event.Shown shown && shown.via() == Via.FINAL && shown.seq() == seq;
  }

  @Test
  void aGoodHistoryPasses() throws IOException {
    Verdict verdict = day().end().judge();
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.good()).isTrue();
    assertThat(verdict.figures()).containsEntry("operations", 8L).containsEntry("entries", 9L);
  }

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
    story.change(
        Event.Shown.class,
        shown -> live(shown, 1, 8),
        s ->
            new Event.Shown(
                s.at(),
                1,
                Via.LIVE,
                "g1",
                8,
                s.m(),
                s.kind(),
                s.sender(),
                s.ref(),
                99,
                0,
                0,
                0,
                List.of(),
                List.of()));
    caughtAlone(story, Rule.NOT_IN_HISTORY);
  }

  @Test
  void anEntryThatNobodySentIsCaught() throws IOException {
    Story story = day();
    story.append("message.posted", "bo", "invented", 31, 0, List.of(), List.of());
    story.show(1, story.entry(10));
    caughtAlone(story.end(), Rule.NEVER_SENT);
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
        day()
            .end()
            .change(
                Event.Shown.class,
                shown -> last(shown, 2),
                s ->
                    new Event.Shown(
                        s.at(),
                        9,
                        Via.FINAL,
                        "g1",
                        2,
                        s.m(),
                        s.kind(),
                        s.sender(),
                        s.ref(),
                        11,
                        0,
                        0,
                        0,
                        List.of(),
                        List.of())),
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
  void ARecalledMessageThatIsStillShownIsCaught() throws IOException {
    caught(
        day()
            .end()
            .change(
                Event.Shown.class,
                shown -> last(shown, 3),
                s ->
                    new Event.Shown(
                        s.at(),
                        9,
                        Via.FINAL,
                        "g1",
                        3,
                        s.m(),
                        s.kind(),
                        s.sender(),
                        s.ref(),
                        12,
                        0,
                        0,
                        0,
                        List.of(),
                        List.of())),
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

  @Test
  void aFileThatWasCutOffIsJudgedUpToThere() throws IOException {
    Story story = day().end();
    java.nio.file.Path file = java.nio.file.Files.createTempFile("cut", ".history");
    try (var writer = chat.plenary.lab.history.HistoryWriter.create(file)) {
      story.events.forEach(writer::add);
      writer.add(new Event.Fault(story.tick(1), true, false, "n1", "one more"));
    }
    byte[] bytes = java.nio.file.Files.readAllBytes(file);
    java.nio.file.Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 3));
    assertThat(Checker.check(file).good()).isTrue();
    java.nio.file.Files.delete(file);
  }
}
