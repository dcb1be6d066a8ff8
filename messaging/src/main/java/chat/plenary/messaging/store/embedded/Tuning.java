package chat.plenary.messaging.store.embedded;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;

/**
 * RocksDB's settings; those that the choice of the engine was measured with (docs/adr/0001). Native
 * objects, which live as long as any handle opened with them.
 */
final class Tuning implements AutoCloseable {
  private static final long LOG_FILES = 4;

  static {
    RocksDB.loadLibrary();
  }

  private final LRUCache cache;
  private final BloomFilter filter = new BloomFilter(10);
  private final Options options;

  Tuning(EmbeddedOptions sizes) {
    cache = new LRUCache(sizes.blockCacheBytes());
    options =
        new Options()
            // Never silently anew: whether to create is decided by looking at the files.
            .setCreateIfMissing(false)
            // The stricter modes refuse the torn tail that a power cut leaves; what this one
            // passes over in silence the witness tells.
            .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
            .setParanoidChecks(true)
            .setWriteBufferSize(sizes.memtableBytes())
            .setMaxWriteBufferNumber(3)
            .setMaxBackgroundJobs(2)
            .setLevelCompactionDynamicLevelBytes(true)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(LOG_FILES)
            .setTableFormatConfig(
                new BlockBasedTableConfig()
                    .setBlockCache(cache)
                    .setFilterPolicy(filter)
                    .setBlockSize(8 << 10)
                    .setFormatVersion(5));
  }

  /** For opening what is there; the same object each time. */
  Options options() {
    return options;
  }

  @Override
  public void close() {
    options.close();
    filter.close();
    cache.close();
  }
}
