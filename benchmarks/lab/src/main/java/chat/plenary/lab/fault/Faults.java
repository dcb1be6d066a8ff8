package chat.plenary.lab.fault;

import chat.plenary.lab.history.Event;
import chat.plenary.lab.workload.Recorder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Breaks a deployment, and writes down when. What was broken is whole again when a method returns.
 */
public final class Faults {
  private static final Duration START = Duration.ofMinutes(2);

  private final Deployment deployment;
  private final Recorder recorder;
  private final Random random;
  private final Consumer<String> progress;

  public Faults(Deployment deployment, Recorder recorder, long seed, Consumer<String> progress) {
    this.deployment = deployment;
    this.recorder = recorder;
    this.random = new Random(seed);
    this.progress = progress;
  }

  public Random random() {
    return random;
  }

  public int nodes() {
    return deployment.nodes().size();
  }

  /** A node by chance. */
  public int any() {
    return random.nextInt(nodes());
  }

  /** A moment by chance, between two times. */
  public void rest(int fromMillis, int toMillis) throws InterruptedException {
    Thread.sleep(fromMillis + random.nextInt(Math.max(1, toMillis - fromMillis)));
  }

  private NodeProcess node(int number) {
    return deployment.nodes().get(number);
  }

  private void note(boolean begins, boolean stop, String node, String what) {
    recorder.add(new Event.Fault(recorder.now(), begins, stop, node, what));
    if (begins) {
      progress.accept(what);
    }
  }

  /** kill -9, some time without it, and started again. */
  public void kill(int number, long downMillis) throws IOException, InterruptedException {
    NodeProcess node = node(number);
    note(true, false, node.url(), "kill -9 of " + node.name());
    node.kill();
    Thread.sleep(downMillis);
    node.begin();
    node.awaitReady(START);
    note(false, false, node.url(), "started " + node.name());
  }

  /** SIGSTOP, and woken. */
  public void pause(int number, long millis) throws InterruptedException {
    NodeProcess node = node(number);
    note(true, true, node.url(), "stopped " + node.name() + " for " + millis + " ms");
    node.pause();
    Thread.sleep(millis);
    node.resume();
    note(false, true, node.url(), "woke " + node.name());
  }

  /** In good order, and started again. */
  public void restart(int number) throws IOException, InterruptedException {
    NodeProcess node = node(number);
    note(true, false, node.url(), "restart of " + node.name());
    if (!node.stop(Duration.ofSeconds(20))) {
      throw new IOException(node.name() + " did not stop in 20 s.");
    }
    node.begin();
    node.awaitReady(START);
    note(false, false, node.url(), "restarted " + node.name());
  }

  /** Two nodes lose what they send each other, or only the first one's words are lost. */
  public void partition(int one, int other, boolean oneWay, long millis)
      throws IOException, InterruptedException {
    String what =
        (oneWay ? "nothing goes from " : "nothing goes between ")
            + node(one).name()
            + (oneWay ? " to " : " and ")
            + node(other).name();
    note(true, false, node(one).url(), what + " for " + millis + " ms");
    deployment.network().lose(one, other);
    if (!oneWay) {
      deployment.network().lose(other, one);
    }
    Thread.sleep(millis);
    deployment.network().restore(one, other);
    deployment.network().restore(other, one);
    note(false, false, node(one).url(), "end of: " + what);
  }

  /** Does something else with what goes between a node and the store. */
  public void store(int number, Proxy.Mode mode, long millis) throws InterruptedException {
    NodeProcess node = node(number);
    note(
        true,
        false,
        node.url(),
        "store of " + node.name() + ": " + mode + " for " + millis + " ms");
    deployment.proxy(number).mode(mode);
    Thread.sleep(millis);
    deployment.proxy(number).mode(Proxy.Mode.PASS);
    note(false, false, node.url(), "end of: store of " + node.name() + ": " + mode);
  }

  /**
   * Replies are kept back for a moment, then the connections end: writes happened, nobody was told.
   */
  public void loseReplies(int number, int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      store(number, Proxy.Mode.NO_REPLIES, 50 + random.nextInt(400));
      rest(300, 1_500);
    }
  }

  public void slowStore(int number, long delayMillis, long millis) throws InterruptedException {
    NodeProcess node = node(number);
    note(true, false, node.url(), "store of " + node.name() + " slower by " + delayMillis + " ms");
    deployment.proxy(number).delay(delayMillis);
    Thread.sleep(millis);
    deployment.proxy(number).delay(0);
    note(false, false, node.url(), "end of: slow store of " + node.name());
  }

  /** kill -9 of the store, and started again. */
  public void killStore(long downMillis) throws IOException, InterruptedException {
    note(true, false, "store", "kill -9 of the store");
    deployment.store().kill();
    Thread.sleep(downMillis);
    deployment.store().begin();
    note(false, false, "store", "started the store");
  }

  /**
   * The standby is promoted. Where the old primary lives on, one node is left with it for some
   * time.
   */
  public void failOver(boolean keep, int left, long leftMillis)
      throws IOException, InterruptedException {
    note(true, false, "store", keep ? "fail-over, the old primary lives on" : "fail-over");
    InetSocketAddress promoted = deployment.store().failOver(keep);
    for (int i = 0; i < nodes(); i++) {
      if (!keep || i != left) {
        deployment.proxy(i).pointAt(promoted);
        deployment.proxy(i).endAll();
      }
    }
    if (keep) {
      note(true, false, node(left).url(), node(left).name() + " is left with the old primary");
      Thread.sleep(leftMillis);
      deployment.proxy(left).pointAt(promoted);
      deployment.proxy(left).endAll();
      note(false, false, node(left).url(), node(left).name() + " found the new primary");
    }
    note(false, false, "store", "failed over");
  }

  private Shim shim(int number) {
    Shim shim = node(number).shim();
    if (shim == null) {
      throw new IllegalStateException(
          "Clock and disk can only be changed where there is a C compiler.");
    }
    return shim;
  }

  public void clock(int number, Duration offset, long millis) throws InterruptedException {
    NodeProcess node = node(number);
    note(true, false, node.url(), "clock of " + node.name() + " off by " + offset);
    shim(number).clockOffset(offset);
    Thread.sleep(millis);
    shim(number).clockOffset(Duration.ZERO);
    note(false, false, node.url(), "clock of " + node.name() + " right");
  }

  public void slowDisk(int number, Duration delay, long millis) throws InterruptedException {
    NodeProcess node = node(number);
    note(
        true,
        false,
        node.url(),
        "syncs of " + node.name() + " take " + delay.toMillis() + " ms more");
    shim(number).syncDelay(delay);
    Thread.sleep(millis);
    shim(number).syncDelay(Duration.ZERO);
    note(false, false, node.url(), "end of: slow disk of " + node.name());
  }

  public void fullDisk(int number, long millis) throws InterruptedException {
    NodeProcess node = node(number);
    note(true, false, node.url(), "disk of " + node.name() + " full for " + millis + " ms");
    shim(number).diskFull(true);
    Thread.sleep(millis);
    shim(number).diskFull(false);
    note(false, false, node.url(), "room on the disk of " + node.name());
  }
}
