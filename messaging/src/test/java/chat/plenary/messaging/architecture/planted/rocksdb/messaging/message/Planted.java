package chat.plenary.messaging.architecture.planted.rocksdb.messaging.message;

/** Sees a library where it must not. */
class Planted {
  org.rocksdb.RocksDBException seen;
}
