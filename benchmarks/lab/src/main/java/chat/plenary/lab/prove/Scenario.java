package chat.plenary.lab.prove;

import chat.plenary.lab.fault.Faults;
import chat.plenary.lab.fault.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that breaks while people chat.
 *
 * @param name for the command line and the report
 * @param what in words
 * @param on what it needs
 * @param brief whether it is in the short matrix
 */
record Scenario(String name, String what, On on, boolean brief, Script script) {

  /** What a scenario runs on. */
  enum On {
    EMBEDDED,
    EMBEDDED_SHIM,
    CLUSTER,
    CLUSTER_SHIM,
    CLUSTER_NETWORK,
    PAIR,
    MEETING
  }

  /** The faults, one after another. May take as long as it likes, within reason. */
  interface Script {
    void run(Faults faults) throws Exception;
  }

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>(embedded());
    all.addAll(cluster());
    all.addAll(store());
    all.addAll(CaptionProof.scenarios());
    return all;
  }

  private static List<Scenario> embedded() {
    return List.of(
        new Scenario(
            "quiet", "Nothing breaks; one node.", On.EMBEDDED, false, f -> f.rest(8_000, 8_001)),
        new Scenario(
            "kill-node",
            "A node with its own store is killed with kill -9 at random moments, and started again.",
            On.EMBEDDED,
            true,
            f -> {
              for (int i = 0; i < 3; i++) {
                f.kill(0, 200);
                f.rest(1_500, 4_000);
              }
            }),
        new Scenario(
            "pause-node",
            "A node with its own store is stopped for longer than its lease, and woken.",
            On.EMBEDDED,
            true,
            f -> {
              f.pause(0, 6_500);
              f.rest(2_000, 4_000);
              f.pause(0, 1_500);
              f.rest(1_000, 3_000);
            }),
        new Scenario(
            "restart-node",
            "A node is stopped in good order and started again, twice.",
            On.EMBEDDED,
            false,
            f -> {
              f.restart(0);
              f.rest(2_000, 3_000);
              f.restart(0);
            }),
        new Scenario(
            "slow-disk",
            "Each sync of the disk takes 300 ms, then 4 s.",
            On.EMBEDDED_SHIM,
            true,
            f -> {
              f.slowDisk(0, Duration.ofMillis(300), 6_000);
              f.rest(1_000, 2_000);
              f.slowDisk(0, Duration.ofSeconds(4), 12_000);
            }),
        new Scenario(
            "full-disk",
            "The disk is full for some seconds, twice.",
            On.EMBEDDED_SHIM,
            true,
            f -> {
              f.fullDisk(0, 4_000);
              f.rest(4_000, 6_000);
              f.fullDisk(0, 4_000);
              f.rest(2_000, 3_000);
            }),
        new Scenario(
            "clock-node",
            "The node's clock jumps forth and back by minutes and hours.",
            On.EMBEDDED_SHIM,
            false,
            f -> {
              f.clock(0, Duration.ofMinutes(3), 3_000);
              f.clock(0, Duration.ofHours(-2), 3_000);
              f.clock(0, Duration.ofSeconds(-30), 3_000);
            }));
  }

  private static List<Scenario> cluster() {
    return List.of(
        new Scenario(
            "quiet-cluster",
            "Nothing breaks; three nodes.",
            On.CLUSTER,
            false,
            f -> f.rest(8_000, 8_001)),
        new Scenario(
            "kill-nodes",
            "One node after another is killed with kill -9 and started again.",
            On.CLUSTER,
            true,
            f -> {
              for (int i = 0; i < f.nodes(); i++) {
                f.kill(i, 1_000);
                f.rest(1_000, 3_000);
              }
            }),
        new Scenario(
            "pause-nodes",
            "A node is stopped for longer than the cluster's patience, and woken.",
            On.CLUSTER,
            true,
            f -> {
              f.pause(f.any(), 16_000);
              f.rest(4_000, 6_000);
            }),
        new Scenario(
            "pause-long",
            "A node is stopped for 30 s, and woken.",
            On.CLUSTER,
            false,
            f -> {
              f.pause(f.any(), 30_000);
              f.rest(6_000, 8_000);
            }),
        new Scenario(
            "partition",
            "Two nodes do not hear each other, both reach the store and everybody else.",
            On.CLUSTER_NETWORK,
            true,
            f -> {
              f.partition(0, 1, false, 14_000);
              f.rest(4_000, 6_000);
            }),
        new Scenario(
            "partition-one-way",
            "One node's words to another are lost, not the other way round.",
            On.CLUSTER_NETWORK,
            false,
            f -> {
              f.partition(1, 2, true, 14_000);
              f.rest(3_000, 5_000);
              f.partition(2, 0, true, 5_000);
              f.rest(3_000, 5_000);
            }),
        new Scenario(
            "rolling-restart",
            "Every node is stopped in good order and started again, one after another.",
            On.CLUSTER,
            false,
            f -> {
              for (int i = 0; i < f.nodes(); i++) {
                f.restart(i);
                f.rest(500, 1_500);
              }
            }),
        new Scenario(
            "clock-cluster",
            "One node's clock is off by minutes, another's by hours.",
            On.CLUSTER_SHIM,
            false,
            f -> {
              f.clock(0, Duration.ofMinutes(5), 4_000);
              f.clock(1, Duration.ofHours(-3), 4_000);
              f.clock(2, Duration.ofSeconds(20), 4_000);
            }));
  }

  private static List<Scenario> store() {
    return List.of(
        new Scenario(
            "kill-store",
            "The store is killed with kill -9 and started again.",
            On.CLUSTER,
            true,
            f -> {
              f.killStore(1_000);
              f.rest(4_000, 6_000);
            }),
        new Scenario(
            "lost-replies",
            "What the store answers is lost after the write happened, at each node.",
            On.CLUSTER,
            true,
            f -> {
              for (int i = 0; i < f.nodes(); i++) {
                f.loseReplies(i, 4);
              }
            }),
        new Scenario(
            "store-cut",
            "A node's connections to the store are ended, and no new ones to be had.",
            On.CLUSTER,
            false,
            f -> {
              f.store(f.any(), Proxy.Mode.CUT, 8_000);
              f.rest(3_000, 4_000);
            }),
        new Scenario(
            "store-silent",
            "What goes between a node and the store vanishes without a sign.",
            On.CLUSTER,
            true,
            f -> {
              f.store(f.any(), Proxy.Mode.SILENT, 9_000);
              f.rest(3_000, 5_000);
            }),
        new Scenario(
            "store-one-way",
            "A node's requests reach the store and nothing comes back; then the other way round.",
            On.CLUSTER,
            false,
            f -> {
              f.store(f.any(), Proxy.Mode.NO_REPLIES, 8_000);
              f.rest(3_000, 4_000);
              f.store(f.any(), Proxy.Mode.NO_REQUESTS, 8_000);
              f.rest(3_000, 4_000);
            }),
        new Scenario(
            "slow-store",
            "The store is slow for one node, then for all.",
            On.CLUSTER,
            false,
            f -> {
              f.slowStore(0, 150, 6_000);
              f.slowStore(1, 1_500, 8_000);
              f.rest(2_000, 3_000);
            }),
        new Scenario(
            "fail-over",
            "The primary of a pair of stores is killed, the standby promoted.",
            On.PAIR,
            false,
            f -> {
              f.failOver(false, 0, 0);
              f.rest(5_000, 6_000);
            }),
        new Scenario(
            "two-primaries",
            "The standby is promoted, the old primary lives on with one node left to it.",
            On.PAIR,
            false,
            f -> {
              f.failOver(true, 2, 12_000);
              f.rest(5_000, 6_000);
            }),
        new Scenario(
            "storm",
            "Faults of all kinds by chance, one after another.",
            On.CLUSTER,
            false,
            Scenario::storm));
  }

  private static void storm(Faults f) throws Exception {
    for (int i = 0; i < 10; i++) {
      switch (f.random().nextInt(7)) {
        case 0 -> f.kill(f.any(), 500);
        case 1 -> f.pause(f.any(), 1_000 + f.random().nextInt(9_000));
        case 2 -> f.loseReplies(f.any(), 3);
        case 3 -> f.store(f.any(), Proxy.Mode.SILENT, 1_000 + f.random().nextInt(6_000));
        case 4 -> f.store(f.any(), Proxy.Mode.CUT, 500 + f.random().nextInt(3_000));
        case 5 -> f.slowStore(f.any(), 100 + f.random().nextInt(400), 3_000);
        default -> f.killStore(500);
      }
      f.rest(500, 3_000);
    }
  }
}
