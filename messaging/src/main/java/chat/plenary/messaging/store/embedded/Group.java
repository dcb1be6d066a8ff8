package chat.plenary.messaging.store.embedded;

import chat.plenary.messaging.store.Answer;
import chat.plenary.messaging.store.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Changes that are committed together: what they write, and who waits for them. Reading through a
 * group shows the database as it will be when the group before it and this one are committed.
 * Belongs to the judging thread until it is handed over, to the committing thread from then on; the
 * judging thread still reads what it wrote.
 */
final class Group implements AutoCloseable {
  /** Beyond this a group takes no more changes: 1 MiB, some ten runs of a hundred entries. */
  private static final int ENOUGH_BYTES = 1 << 20;

  private static final int ENOUGH_CHANGES = 1_000;

  private final Database database;
  private final int generation;
  private final WriteBatch batch = new WriteBatch();
  private final Map<ByteBuffer, Optional<byte[]>> written = new HashMap<>();
  private final List<Runnable> answers = new ArrayList<>();
  private final List<Answer<?>> waiting = new ArrayList<>();
  private @Nullable Group before;
  private Catalogue catalogue;
  private int bytes;
  private volatile boolean settled;

  /**
   * @param before the group handed over before this one, if there was any
   */
  Group(Database database, @Nullable Group before) {
    this.database = database;
    // Before looking at the group before: when that fails, it settles first, then the generation
    // changes. So either its writes are not looked at, or this generation is seen to be over.
    this.generation = database.generation();
    this.before = before == null || before.settled ? null : before;
    this.catalogue = this.before == null ? database.catalogue() : this.before.catalogue;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  /** Records another catalogue with the group. */
  void catalogue(Catalogue changed) throws RocksDBException {
    catalogue = changed;
    put(Database.CATALOGUE, changed.encode());
  }

  /** The collection, made when it is not there. */
  Catalogue.Documents collection(String name) throws RocksDBException {
    var found = catalogue.find(name);
    if (found == null) {
      catalogue(catalogue.withCollection(name));
      found = catalogue.collections().get(name);
    }
    return Objects.requireNonNull(found);
  }

  byte @Nullable [] get(byte[] key) {
    var mine = written.get(ByteBuffer.wrap(key));
    if (mine == null && before != null) {
      mine = before.written.get(ByteBuffer.wrap(key));
    }
    return mine != null ? mine.orElse(null) : database.use(handle -> handle.get(key));
  }

  void put(byte[] key, byte[] value) throws RocksDBException {
    batch.put(key, value);
    written.put(ByteBuffer.wrap(key), Optional.of(value));
    bytes += key.length + value.length;
  }

  void delete(byte[] key) throws RocksDBException {
    batch.delete(key);
    written.put(ByteBuffer.wrap(key), Optional.empty());
    bytes += key.length;
  }

  void deleteRange(byte[] from, byte[] to) throws RocksDBException {
    batch.deleteRange(from, to);
  }

  Database database() {
    return database;
  }

  /**
   * Commits what a change that is {@linkplain Change#alone() alone} has written up to now, on the
   * judging thread. Where that fails the rest of the group fails too.
   */
  void commitSoFar() {
    if (batch.count() == 0) {
      return;
    }
    try {
      database.commit(batch, catalogue);
      batch.clear();
      written.clear();
      bytes = 0;
    } catch (StoreException e) {
      database.reopen();
      throw e;
    }
  }

  /** Judges a change; its answer is given when the group is committed. */
  <T> void judge(Change<T> change, Answer<T> answer) {
    waiting.add(answer);
    try {
      var result = change.make(this);
      answers.add(() -> answer.succeed(result));
    } catch (StoreException e) {
      answers.add(() -> answer.fail(e));
    } catch (RocksDBException | RuntimeException e) {
      var failure = new StoreException(StoreException.Kind.UNKNOWN, "not judged: " + e, e);
      answers.add(() -> answer.fail(failure));
    }
  }

  /** Whether only one change waits for it. */
  boolean isSingle() {
    return waiting.size() == 1;
  }

  boolean hasRoom() {
    return bytes < ENOUGH_BYTES && waiting.size() < ENOUGH_CHANGES;
  }

  /** The judging thread hands the group over: the one before it is settled by now. */
  void handOver() {
    before = null;
  }

  /** Commits on the committing thread and answers all who wait. */
  void commit() {
    try {
      if (generation != database.generation()) {
        throw new StoreException(
            StoreException.Kind.UNKNOWN, "a write just before this one failed", null);
      }
      if (batch.count() > 0) {
        database.commit(batch, catalogue);
      } else if (!database.isOpen()) {
        throw new StoreException(StoreException.Kind.UNKNOWN, "the store is not open", null);
      }
      settled = true;
      answers.forEach(Runnable::run);
    } catch (StoreException e) {
      settled = true;
      if (generation == database.generation()) {
        database.reopen();
      }
      waiting.forEach(answer -> answer.fail(e));
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    batch.close();
  }
}
