package chat.plenary.messaging.store.embedded;

import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * Opens the files of a directory, or says what is wrong with them. Everything is looked at through
 * a read-only handle first: opening for writing deletes what it takes for left-overs, and evidence
 * with it.
 */
final class Opening {
  private final Path directory;
  private final Path db;
  private final Path witness;
  private final Options options;

  Opening(Path directory, Options options) {
    this.directory = directory;
    this.db = directory.resolve("db");
    this.witness = directory.resolve("witness");
    this.options = options;
  }

  /** The handle of a database that holds at least what the witness saw. */
  RocksDB open() throws IOException {
    var seen = seen();
    if (isNew(seen)) {
      return create();
    }
    check(seen);
    try {
      return RocksDB.open(options, db.toString());
    } catch (RocksDBException e) {
      throw failed(e);
    }
  }

  /**
   * Reads all of a database that is there, and writes nothing.
   *
   * @return the number of its last commit, which is at least what the witness saw
   */
  long check() throws IOException {
    var seen = seen();
    if (isNew(seen)) {
      throw damaged("it holds no database", null);
    }
    return check(seen);
  }

  /** The last commit that the witness saw; empty when there is no witness. */
  private OptionalLong seen() throws IOException {
    if (!Files.exists(witness)) {
      return OptionalLong.empty();
    }
    var seen = Witness.read(witness);
    if (seen.isEmpty()) {
      throw damaged("the file witness is unreadable", null);
    }
    return seen;
  }

  /** Whether nothing was ever committed here: an empty directory, or a creation cut short. */
  private boolean isNew(OptionalLong seen) throws IOException {
    if (Files.exists(db.resolve("CURRENT"))) {
      return false;
    }
    if (seen.orElse(0) > 0) {
      throw damaged("the files of the database are missing", null);
    }
    if (Files.isDirectory(db)) {
      try (var files = Files.newDirectoryStream(db, "*.sst")) {
        if (files.iterator().hasNext()) {
          throw damaged("the file db/CURRENT is missing", null);
        }
      }
    }
    return true;
  }

  private RocksDB create() throws IOException {
    if (!Files.exists(witness)) {
      Witness.create(witness, 0).close();
    }
    Files.createDirectories(db);
    Witness.syncDirectory(directory);
    try (var creating = new Options(options).setCreateIfMissing(true)) {
      RocksDB.open(creating, db.toString()).close();
      return RocksDB.open(options, db.toString());
    } catch (RocksDBException e) {
      throw failed(e);
    }
  }

  private long check(OptionalLong witnessed) throws IOException {
    if (witnessed.isEmpty()) {
      throw damaged("the file witness is missing", null);
    }
    var seen = witnessed.getAsLong();
    var altered = Manifest.damage(db);
    if (altered != null) {
      throw damaged(altered, null);
    }
    try (var handle = RocksDB.openReadOnly(options, db.toString())) {
      var number = number(handle);
      if (number < seen) {
        throw damaged(
            ("it ends with commit %d, but commit %d was acknowledged: a file was cut, altered or"
                    + " deleted, or the disk lost what it had confirmed")
                .formatted(number, seen),
            null);
      }
      var format = handle.get(Database.FORMAT_KEY);
      if (number > 0 && (format == null || ByteBuffer.wrap(format).getInt() != Database.FORMAT)) {
        throw damaged("it is of another format than " + Database.FORMAT, null);
      }
      handle.verifyChecksum();
      requireNoGap(handle);
      return number;
    } catch (RocksDBException e) {
      throw failed(e);
    }
  }

  /**
   * The log goes on where the tables end. A MANIFEST that lost its last records still names tables
   * and logs that RocksDB opens without a word, though the log between them is long deleted; what
   * it held would be missing in the middle, which the number of the last commit cannot show.
   */
  private void requireNoGap(RocksDB handle) throws RocksDBException {
    long last = handle.getLatestSequenceNumber();
    long next = lastInTables() + 1;
    if (last < next) {
      return;
    }
    try (var log = handle.getUpdatesSince(next)) {
      for (; next <= last && log.isValid(); log.next()) {
        var batch = log.getBatch();
        try (var changes = batch.writeBatch()) {
          if (batch.sequenceNumber() > next) {
            throw damaged(
                "changes %d to %d are missing".formatted(next, batch.sequenceNumber()), null);
          }
          next = Math.max(next, batch.sequenceNumber() + changes.count());
        }
      }
      log.status();
    }
    if (next <= last) {
      throw damaged("changes %d to %d are missing from the log".formatted(next, last), null);
    }
  }

  /** The number of the last change that the tables hold: opened as if there were no log. */
  private long lastInTables() throws RocksDBException {
    // The log is looked for in a directory that never holds one.
    try (var withoutLog = new Options(options).setWalDir(directory.toString());
        var tables = RocksDB.openReadOnly(withoutLog, db.toString())) {
      return tables.getLatestSequenceNumber();
    }
  }

  /** The number of the last commit that the database holds, 0 when there was none. */
  static long number(RocksDB handle) throws RocksDBException {
    var number = handle.get(Database.NUMBER);
    return number == null ? 0 : ByteBuffer.wrap(number).getLong();
  }

  private StoreException failed(RocksDBException e) {
    var status = e.getStatus();
    var message = String.valueOf(e.getMessage());
    if (status != null && status.getCode() == Status.Code.IOError) {
      if (message.contains("lock ")) {
        return new StoreException(Kind.REFUSED, directory + " is in use: " + message, e);
      }
      // A missing file is also an IOError; one that the system could not read or write is not
      // known to be damage.
      if (!message.contains("No such file")) {
        return new StoreException(Kind.UNKNOWN, directory + " could not be opened: " + message, e);
      }
    }
    return damaged(message, e);
  }

  private StoreException damaged(String what, @Nullable Throwable cause) {
    return new StoreException(
        Kind.DAMAGED,
        "the store in %s is damaged: %s. Nothing was changed; restore the directory from a backup"
            .formatted(directory, what),
        cause);
  }
}
