package chat.plenary.messaging.store.sim;

import chat.plenary.messaging.sim.Scheduler;
import chat.plenary.messaging.sim.SimulatedProcess;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * One replicated database. What its primary has applied is a log of changes, numbered from 1, of
 * which a majority has a prefix; the rest an election may undo. Reads see prefixes of what the
 * majority has.
 */
public final class SimulatedDatabase {
  private final Scheduler scheduler;
  private final Map<String, Versions> collections = new HashMap<>();
  private final Set<Write> underWay = new LinkedHashSet<>();
  private Faults faults;
  private long applied;
  private long committed;
  private boolean committing;

  public SimulatedDatabase(Scheduler scheduler, Faults faults) {
    this.scheduler = scheduler;
    this.faults = faults;
  }

  /** A node's handle. Each node has its own; its answers are steps of the node's process. */
  public SimulatedStore handle(SimulatedProcess process) {
    return new SimulatedStore(this, process);
  }

  /** What goes wrong now. */
  public Faults faults() {
    return faults;
  }

  /** Changes what goes wrong from here on. */
  public void faults(Faults next) {
    this.faults = next;
  }

  /** How many changes a majority has. */
  public long committed() {
    return committed;
  }

  /** How many changes the primary has applied; those beyond {@link #committed} may be undone. */
  public long applied() {
    return applied;
  }

  /** What a majority has of a collection, by {@code _id}: for checkers, without any fault. */
  public List<BsonDocument> committed(String collection) {
    return collection(collection).all(committed);
  }

  /** What a majority has of one document, or null: for checkers. */
  public @Nullable BsonDocument committed(String collection, String id) {
    return collection(collection).at(committed, id);
  }

  /** A new primary keeps any prefix of what was not committed, and not all of it. */
  public void election() {
    if (applied == committed) {
      return;
    }
    long kept = committed + scheduler.random().nextInt((int) (applied - committed));
    applied = kept;
    collections.values().forEach(collection -> collection.rollBackTo(kept));
    for (var write : List.copyOf(underWay)) {
      if (write.last() > kept) {
        underWay.remove(write);
        write.undone();
      }
    }
  }

  /** Starts a write; from here on it goes its own way. */
  void begin(Write write) {
    underWay.add(write);
    later("Land " + write, () -> land(write));
  }

  private void land(Write write) {
    if (!underWay.contains(write)) {
      return;
    }
    boolean more = write.land();
    commitSoon();
    if (write.cut()) {
      underWay.remove(write);
    } else if (more) {
      later("Land " + write, () -> land(write));
    } else {
      write.landed(applied);
      acknowledge();
    }
  }

  private void commitSoon() {
    if (!committing && applied > committed) {
      committing = true;
      later("Commit", this::commit);
    }
  }

  private void commit() {
    committing = false;
    if (chance(Faults.Kind.ELECTION)) {
      election();
    } else if (applied > committed) {
      committed += 1 + scheduler.random().nextInt((int) (applied - committed));
      acknowledge();
    }
    commitSoon();
  }

  private void acknowledge() {
    for (var write : List.copyOf(underWay)) {
      if (write.done(committed)) {
        underWay.remove(write);
        write.answer();
      }
    }
  }

  /** The number of the committed change that a read sees; no less than {@code floor}. */
  long snapshot(long floor) {
    return chance(Faults.Kind.STALE_READ)
        ? floor + scheduler.random().nextInt((int) (committed - floor) + 1)
        : committed;
  }

  boolean chance(Faults.Kind kind) {
    return scheduler.chance(faults.rate(kind));
  }

  int random(int bound) {
    return scheduler.random().nextInt(bound);
  }

  /** How long a document, a commit or a message takes. */
  Duration hop() {
    return scheduler.between(faults.least(), faults.most());
  }

  void later(String name, Runnable step) {
    scheduler.schedule(hop(), name, step);
  }

  Instant now() {
    return scheduler.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  Scheduler scheduler() {
    return scheduler;
  }

  // What the primary does.

  /** Appends a change; null deletes. */
  long append(String collection, String id, @Nullable BsonDocument document) {
    collection(collection).put(++applied, id, document);
    return applied;
  }

  @Nullable BsonDocument latest(String collection, String id) {
    return collection(collection).at(applied, id);
  }

  boolean taken(String collection, BsonDocument document, @Nullable String self) {
    return collection(collection).taken(document, self);
  }

  void index(Index index) {
    collection(index.collection()).index(index);
  }

  // What a read sees.

  @Nullable BsonDocument at(long position, String collection, String id) {
    return collection(collection).at(position, id);
  }

  List<BsonDocument> find(long position, Query query) {
    return collection(query.collection()).find(position, query);
  }

  private Versions collection(String name) {
    return collections.computeIfAbsent(name, Versions::new);
  }
}
