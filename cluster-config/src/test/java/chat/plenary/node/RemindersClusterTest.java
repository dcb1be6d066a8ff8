package chat.plenary.node;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.store.mongo.TestMongo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes, each a process, that all look after the same meetings. When the reminders of many
 * are due one of them is killed and one freezes; it wakes in the belief that they are still its
 * own.
 */
@Timeout(600)
class RemindersClusterTest {
  private static final int MEETINGS = 24;

  /** How long before a meeting its group is reminded (docs/meetings.md). */
  private static final Duration BEFORE = Duration.ofMinutes(10);

  /** A meeting is called so long before its reminder is due: one called later has none. */
  private static final Duration ENOUGH = Duration.ofSeconds(20);

  /** So that some are due before the nodes fail, some while they are away. */
  private static final Duration APART = Duration.ofMillis(500);

  @TempDir Path folder;

  @Test
  void whateverNodesAreKilledOrFreezeAGroupIsRemindedOfEachMeetingOnce() throws Exception {
    // A room without an account, which nobody enters.
    List<String> options =
        List.of(
            "--demo",
            "--meetings-jitsi-url",
            "https://meet.example.org",
            "--meetings-jitsi-room-secret",
            "a secret of 32 letters, or longer");
    try (Nodes nodes = new Nodes(folder, TestMongo.shared(), 3, options)) {
      Rest alice = OneNodeTest.signedIn(nodes.get(2), nodes.demo(), "alice");
      String group = Talks.group(alice);
      for (int i = 0; i < MEETINGS; i++) {
        Talks.meeting(
            alice,
            group,
            title(i),
            Instant.now().plus(BEFORE).plus(ENOUGH).plus(APART.multipliedBy(i)));
      }

      Live.until("the first reminder", () -> !reminders(alice, group).isEmpty());
      nodes.get(0).signal("STOP");
      nodes.get(1).kill();
      int when = reminders(alice, group).size();
      Live.until("all reminders", () -> reminders(alice, group).size() >= MEETINGS);
      nodes.get(0).signal("CONT");
      nodes.startAgain(1);
      for (int i = 0; i < 3; i++) {
        awaitRounds(nodes.get(i));
      }

      List<String> expected = IntStream.range(0, MEETINGS).mapToObj(i -> title(i)).toList();
      for (int i = 0; i < 3; i++) {
        Rest reader = OneNodeTest.signedIn(nodes.get(i), nodes.demo(), "alice");
        assertThat(reminders(reader, group)).containsExactlyInAnyOrderElementsOf(expected);
      }
      System.out.println(
          "Of "
              + MEETINGS
              + " reminders "
              + when
              + " were written when one node was killed and"
              + " one frozen; each stands once.");
    }
  }

  private static String title(int number) {
    return "Talk " + number;
  }

  /** The titles of the meetings that the group was reminded of. */
  private static List<String> reminders(Rest reader, String group) {
    return Live.history(reader, group).values().stream()
        .filter(text -> text.contains(" begins "))
        .map(text -> text.substring(0, text.indexOf(" begins ")))
        .toList();
  }

  /** Waits until a node has looked twice after what is due. */
  private static void awaitRounds(NodeProcess node) {
    Rest there = Rest.at(node.url());
    double[] last = {Double.MAX_VALUE};
    int[] rounds = {-1};
    Live.until(
        "rounds of " + node.url(),
        () -> {
          double age = there.get("/metrics").metric("meeting_upkeep_age_seconds");
          if (age < last[0]) {
            rounds[0]++;
          }
          last[0] = age;
          return rounds[0] >= 2;
        });
  }
}
