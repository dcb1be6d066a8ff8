package chat.plenary.lab.workload;

import chat.plenary.client.History;
import chat.plenary.client.Session;
import chat.plenary.lab.history.Event.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Everybody who chats in a run, and the fresh readers in the end. */
public final class Workload implements AutoCloseable {
  private static final long CHAIR_MILLIS = 700;
  private static final long VISITOR_MILLIS = 900;
  private static final long GUEST_MILLIS = 4_000;
  private static final int PAGE = 100;

  private final Recorder recorder;
  private final List<World> worlds;
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
  private final List<Sender> senders = new ArrayList<>();
  private final List<Chair> chairs = new ArrayList<>();
  private final List<Visitor> visitors = new ArrayList<>();
  private final List<Guests> guests = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * Brings everybody in.
   *
   * @param worlds one organisation each
   * @param seed decides what everybody does
   */
  public Workload(Recorder recorder, List<World> worlds, long seed) {
    this.recorder = recorder;
    this.worlds = List.copyOf(worlds);
    Random seeds = new Random(seed);
    for (World world : worlds) {
      List<String> strangers = new ArrayList<>();
      worlds.stream().filter(other -> other != world).forEach(w -> strangers.addAll(w.groupIds()));
      for (World.Person person : world.people) {
        List<World.Group> groups =
            world.groups.stream().filter(group -> belongs(group, person)).toList();
        if (!groups.isEmpty()) {
          senders.add(new Sender(world, person, groups, seeds.nextLong()));
        }
      }
      for (World.Group group : world.groups) {
        chairs.add(new Chair(world, group, seeds.nextLong()));
      }
      guests.add(new Guests(world, seeds.nextLong()));
      for (int i = 0; i < Math.min(4, world.people.size()); i++) {
        visitors.add(new Visitor(world, world.people.get(i), strangers, seeds.nextLong()));
      }
    }
  }

  private static boolean belongs(World.Group group, World.Person person) {
    return group.fixed().contains(person) || group.moving().contains(person);
  }

  /**
   * Lets everybody begin.
   *
   * @param rate what senders do, all together, a second
   */
  public void begin(int rate) {
    Random turns = new Random(senders.size());
    long micros = 1_000_000L / Math.max(1, rate);
    every(micros, () -> senders.get(turns.nextInt(senders.size())).act());
    chairs.forEach(chair -> every(CHAIR_MILLIS * 1_000, chair::act));
    guests.forEach(all -> every(GUEST_MILLIS * 1_000, all::act));
    visitors.forEach(visitor -> every(VISITOR_MILLIS * 1_000, visitor::act));
  }

  private void every(long micros, Runnable task) {
    clock.scheduleAtFixedRate(() -> guarded(task), micros, micros, TimeUnit.MICROSECONDS);
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      problem("The lab itself failed: " + e);
    }
  }

  private synchronized void problem(String words) {
    if (problems.size() < 100) {
      problems.add(words);
    }
  }

  /** What went wrong that is no entry of the history. */
  public synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  /** What was sent and is not settled. */
  public int unsettled() {
    return senders.stream().mapToInt(Sender::unsettled).sum()
        + chairs.stream().mapToInt(Chair::unsettled).sum()
        + guests.stream().mapToInt(Guests::unsettled).sum();
  }

  /**
   * Lets nobody begin anything more, and waits until all is settled and everybody is current.
   *
   * @return the seconds that it took; what is not settled then is a problem
   */
  public double settle(int seconds) throws InterruptedException {
    clock.shutdownNow();
    visitors.forEach(Visitor::close);
    long began = System.nanoTime();
    long until = began + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < until && (unsettled() > 0 || notCurrent() > 0)) {
      Thread.sleep(100);
    }
    double took = (System.nanoTime() - began) / 1e9;
    if (unsettled() > 0) {
      problem(unsettled() + " requests were not settled " + seconds + " s after the last fault.");
    }
    // What was accepted last may still be under way to readers.
    Thread.sleep(6_000);
    for (Sender sender : senders) {
      Follower follower = sender.follower();
      if (!follower.settle()) {
        problem("A follower was not current in the end, over: " + follower.over());
      }
    }
    return took;
  }

  private long notCurrent() {
    return senders.stream().filter(sender -> !sender.follower().live().isCurrent()).count();
  }

  /** Fresh readers on different nodes read everything there is. */
  public void audit() throws Exception {
    for (World world : worlds) {
      int number = 0;
      for (World.Group group : world.groups) {
        for (int i = 0; i < Math.min(2, group.fixed().size()); i++) {
          World.Person auditor = group.fixed().get(i);
          String node = world.nodes.get(number++ % world.nodes.size());
          int reader = recorder.reader(auditor.account(), "auditor at " + node);
          readAll(world.signIn(auditor.account()), node, group.id(), reader);
        }
      }
      for (World.Person person : world.people) {
        long asked = recorder.now();
        int reader = recorder.reader(person.account(), "fresh");
        person
            .session()
            .conversations(null)
            .get(30, TimeUnit.SECONDS)
            .items()
            .forEach(one -> recorder.inbox(reader, asked, one));
      }
    }
  }

  private void readAll(Session session, String node, String group, int reader) throws Exception {
    long last = 0;
    History page;
    do {
      page = page(session.on(node), group, last);
      for (var entry : page.entries()) {
        recorder.shown(reader, Via.FINAL, entry);
        last = entry.seq();
      }
    } while (!page.entries().isEmpty() && last < page.head().seq());
  }

  private static History page(Session session, String group, long last) throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        return session.after(group, last, PAGE).get(30, TimeUnit.SECONDS);
      } catch (java.util.concurrent.ExecutionException e) {
        if (attempt == 10) {
          throw e;
        }
        Thread.sleep(500);
      }
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    visitors.forEach(Visitor::close);
    guests.forEach(Guests::close);
    senders.forEach(sender -> sender.follower().live().close());
  }
}
