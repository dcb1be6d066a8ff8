package chat.plenary.node.backup;

/** Why a copy could not be made or put back: a sentence for the person who asked for it. */
public final class BackupException extends Exception {
  private static final long serialVersionUID = 1L;

  BackupException(String message) {
    super(message);
  }

  BackupException(String message, Throwable cause) {
    super(message, cause);
  }
}
