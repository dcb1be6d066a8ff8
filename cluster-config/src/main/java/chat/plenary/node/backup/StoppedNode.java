package chat.plenary.node.backup;

import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.embedded.ClosedStore;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** The store of a node that does not run; none can start on it meanwhile. */
record StoppedNode(Path folder, ClosedStore held) implements Source {
  static StoppedNode hold(Path data) throws BackupException {
    Path folder = Layout.store(data);
    try {
      return new StoppedNode(folder, ClosedStore.hold(folder));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.REFUSED) {
        throw new BackupException(
            e.getMessage()
                + ", and that one does not answer at "
                + Layout.socket(data)
                + ": it has only begun to start, or its log says why it listens there no more.",
            e);
      }
      if (e.getCause() instanceof AccessDeniedException denied) {
        throw new BackupException(
            "This user may not use "
                + denied.getFile()
                + ": back up as the user that the node runs as.",
            e);
      }
      throw new BackupException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public String what() {
    return "of a node that does not run";
  }

  @Override
  public void close() {
    held.close();
  }
}
