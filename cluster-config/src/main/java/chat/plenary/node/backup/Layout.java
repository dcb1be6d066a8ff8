package chat.plenary.node.backup;

import java.nio.file.Path;

/** Where things are in a data folder, and in a copy of it. */
public final class Layout {
  /** In a copy: what it holds, written last. */
  static final String CONTENTS = "backup.json";

  private static final String STORE = "store";
  private static final String PARTIAL = ".partial";

  private Layout() {}

  /** The embedded store of a data folder or of a copy. */
  public static Path store(Path folder) {
    return folder.resolve(STORE);
  }

  /** What {@link #store} is called while it is being put back. */
  public static Path unfinishedStore(Path data) {
    return data.resolve(STORE + PARTIAL);
  }

  /** What a copy is called until it is whole. */
  static Path unfinished(Path target) {
    return target.resolveSibling(target.getFileName() + PARTIAL);
  }

  /** What a running node keeps for whoever asks it for a snapshot. */
  static Path control(Path data) {
    return data.resolve("control");
  }

  static Path socket(Path data) {
    return control(data).resolve("socket");
  }

  static Path snapshot(Path data) {
    return control(data).resolve("snapshot");
  }
}
