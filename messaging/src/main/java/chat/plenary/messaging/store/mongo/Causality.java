package chat.plenary.messaging.store.mongo;

import com.mongodb.reactivestreams.client.ClientSession;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * The newest times that the server acknowledged to this handle. Every operation has a session of
 * its own, so that any number may run at once; it begins where the newest acknowledged one ended.
 * The driver then asks the server to answer reads from no earlier state, and so a read that begins
 * after a write was acknowledged sees what was committed when that write began, whichever member is
 * primary by then.
 */
final class Causality {
  private @Nullable BsonTimestamp operationTime;
  private @Nullable BsonDocument clusterTime;

  /** Puts a new session where the newest acknowledged operation ended. */
  synchronized void carryTo(ClientSession session) {
    if (clusterTime != null) {
      session.advanceClusterTime(clusterTime);
    }
    if (operationTime != null) {
      session.advanceOperationTime(operationTime);
    }
  }

  /**
   * Notes when an operation ended. Only for one that was acknowledged by the majority: to the time
   * of a write that is rolled back later no other server might ever come.
   */
  synchronized void learnFrom(ClientSession session) {
    var operation = session.getOperationTime();
    if (operation != null && (operationTime == null || operation.compareTo(operationTime) > 0)) {
      operationTime = operation;
    }
    var cluster = session.getClusterTime();
    if (cluster != null
        && (clusterTime == null || time(cluster).compareTo(time(clusterTime)) > 0)) {
      clusterTime = cluster;
    }
  }

  private static BsonTimestamp time(BsonDocument clusterTime) {
    return clusterTime.getTimestamp("clusterTime");
  }
}
