package chat.plenary.node.backup;

import java.nio.file.Path;

/** Files of a store that do not change until this is closed. */
sealed interface Source extends AutoCloseable permits RunningNode, StoppedNode {
  /** The folder that holds them. */
  Path folder();

  /** What they are of, for people. */
  String what();

  @Override
  void close();
}
