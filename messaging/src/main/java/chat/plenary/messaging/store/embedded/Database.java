package chat.plenary.messaging.store.embedded;

import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open files: reads from any thread, commits from one at a time, and opening again after a
 * commit failed. Holds the directory's lock as long as it lives.
 */
final class Database implements AutoCloseable {
  /** The layout of keys and values; another one is refused. */
  static final int FORMAT = 1;

  static final byte[] FORMAT_KEY = Keys.meta("format");
  static final byte[] NUMBER = Keys.meta("number");
  static final byte[] CATALOGUE = Keys.meta("catalogue");

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final Path directory;
  private final DirectoryLock lock;
  private final Tuning tuning;
  private final WriteOptions synced = new WriteOptions().setSync(true);

  /** Whoever uses the handle holds the reading side: an iterator must not outlive the handle. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock(true);

  private @Nullable RocksDB handle;
  private @Nullable Witness witness;
  private volatile long number;
  private volatile Catalogue catalogue = Catalogue.EMPTY;
  private final AtomicInteger generation = new AtomicInteger();
  private volatile @Nullable StoreException damage;

  private Database(Path directory, DirectoryLock lock, Tuning tuning) {
    this.directory = directory;
    this.lock = lock;
    this.tuning = tuning;
  }

  /** What someone wants of the open handle. */
  interface Use<T> {
    T of(RocksDB handle) throws RocksDBException, IOException;
  }

  /** Opens a directory, creating it when it is not there. Takes its time; throws what is wrong. */
  static Database open(Path directory, EmbeddedOptions options) {
    try {
      Files.createDirectories(directory);
      var lock = DirectoryLock.take(directory.resolve("lock"));
      var database = new Database(directory, lock, new Tuning(options));
      try {
        database.openFiles();
        return database;
      } catch (IOException | RocksDBException | RuntimeException e) {
        database.close();
        throw e;
      }
    } catch (IOException | RocksDBException e) {
      throw new StoreException(Kind.UNKNOWN, directory + " could not be opened: " + e, e);
    }
  }

  private void openFiles() throws IOException, RocksDBException {
    var opened = new Opening(directory, tuning.options()).open();
    handle = opened;
    witness = Witness.open(directory.resolve("witness"));
    number = Opening.number(opened);
    var recorded = opened.get(CATALOGUE);
    catalogue = recorded == null ? Catalogue.EMPTY : Catalogue.decode(recorded);
    if (number == 0) {
      try (var batch = new WriteBatch()) {
        batch.put(FORMAT_KEY, ByteBuffer.allocate(4).putInt(FORMAT).array());
        commit(opened, batch);
      }
      witness.sync();
    }
  }

  /** Changes whenever the files were opened again: what was judged before may not be so. */
  int generation() {
    return generation.get();
  }

  /** As of the last commit. */
  Catalogue catalogue() {
    return catalogue;
  }

  /** Runs {@code use} with the handle, which stays open meanwhile. */
  <T> T use(Use<T> use) {
    this.use.readLock().lock();
    try {
      return use.of(opened());
    } catch (RocksDBException | IOException e) {
      throw failed(e);
    } finally {
      this.use.readLock().unlock();
    }
  }

  private RocksDB opened() {
    if (damage != null) {
      throw damage;
    }
    if (handle == null) {
      throw new StoreException(Kind.UNKNOWN, "the store in " + directory + " is not open", null);
    }
    return handle;
  }

  /**
   * Commits durably what is in the batch. One thread at a time. Where it throws, the batch may or
   * may not have been written, and the caller goes on with {@link #reopen()}.
   */
  void commit(WriteBatch batch, Catalogue as) {
    use(
        opened -> {
          commit(opened, batch);
          return true;
        });
    catalogue = as;
  }

  private void commit(RocksDB opened, WriteBatch batch) throws RocksDBException, IOException {
    var next = number + 1;
    batch.put(NUMBER, ByteBuffer.allocate(8).putLong(0, next).array());
    opened.write(synced, batch);
    number = next;
    if (witness != null) {
      witness.write(next);
    }
  }

  /** Whether the files are open and sound. */
  boolean isOpen() {
    use.readLock().lock();
    try {
      return handle != null && damage == null;
    } finally {
      use.readLock().unlock();
    }
  }

  /**
   * Opens the files again, since RocksDB does not reliably go on after a failed write (a full
   * disk). Where that fails, it may be tried again later, unless the files are damaged.
   */
  void reopen() {
    use.writeLock().lock();
    try {
      if (damage != null) {
        return;
      }
      generation.incrementAndGet();
      closeFiles();
      openFiles();
      LOG.warn("opened {} again after a failed write; it ends with commit {}", directory, number);
    } catch (StoreException e) {
      LOG.error("cannot open {} again: {}", directory, e.getMessage());
      closeFiles();
      if (e.kind() == Kind.DAMAGED) {
        damage = e;
      }
    } catch (IOException | RocksDBException e) {
      LOG.error("cannot open {} again: {}", directory, e.getMessage());
      closeFiles();
    } finally {
      use.writeLock().unlock();
    }
  }

  /** Writes a whole, consistent copy, openable as it is, while everything goes on. */
  void backup(Path target) {
    use(
        opened -> {
          if (Files.exists(target)) {
            throw new StoreException(Kind.REFUSED, target + " exists already", null);
          }
          var parent = Witness.parent(target);
          var partial = parent.resolve(target.getFileName() + ".partial");
          Files.createDirectories(partial);
          var atLeast = number;
          try (var checkpoint = Checkpoint.create(opened)) {
            checkpoint.createCheckpoint(partial.resolve("db").toString());
          }
          Witness.create(partial.resolve("witness"), atLeast).close();
          Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
          Witness.syncDirectory(parent);
          return true;
        });
  }

  /** An engine's failure in the port's words. Damage is remembered: nothing is served any more. */
  private StoreException failed(Exception e) {
    var status = e instanceof RocksDBException rocks ? rocks.getStatus() : null;
    if (status != null && status.getCode() == Status.Code.Corruption) {
      var found =
          new StoreException(
              Kind.DAMAGED,
              "the store in %s is damaged: %s".formatted(directory, e.getMessage()),
              e);
      damage = found;
      LOG.error("{}", found.getMessage());
      return found;
    }
    var message = String.valueOf(e.getMessage());
    var what = message.contains("No space left") ? "the disk is full: " : "";
    return new StoreException(Kind.UNKNOWN, "the store in " + directory + ": " + what + message, e);
  }

  private void closeFiles() {
    if (handle != null) {
      handle.close();
      handle = null;
    }
    if (witness != null) {
      try {
        witness.sync();
        witness.close();
      } catch (IOException e) {
        LOG.warn("the witness of {} was not synced: {}", directory, e.getMessage());
      }
      witness = null;
    }
  }

  /** Writes out what is in memory and lets go of files and lock, whatever fails on the way. */
  @Override
  public void close() {
    use.writeLock().lock();
    // Without allowing a stall the flush would wait for compactions first, on a full disk for ever.
    try (var flush = new FlushOptions().setWaitForFlush(true).setAllowWriteStall(true)) {
      if (handle != null && damage == null) {
        handle.flush(flush);
      }
    } catch (RocksDBException e) {
      LOG.warn("{} was closed without writing all out: {}", directory, e.getMessage());
    } finally {
      closeFiles();
      synced.close();
      tuning.close();
      lock.close();
      use.writeLock().unlock();
    }
  }
}
