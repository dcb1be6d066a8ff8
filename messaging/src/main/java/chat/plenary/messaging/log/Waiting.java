package chat.plenary.messaging.log;

import io.vertx.core.Promise;

/** A command that waits at a node for what becomes of it. */
final class Waiting {
  final Command command;
  final String key;
  final String hash;
  final String attempt;
  final long deadline;
  final Promise<Outcome> answer = Promise.promise();

  /**
   * The highest number at which it was proposed; {@link Long#MAX_VALUE} once it was handed over
   * without an answer.
   */
  long proposed;

  /** Whether facts are being read that judging it needs. */
  boolean preparing;

  boolean settled;

  Waiting(Command command, String key, String hash, String attempt, long deadline) {
    this.command = command;
    this.key = key;
    this.hash = hash;
    this.attempt = attempt;
    this.deadline = deadline;
  }

  /** The path whose order is kept: a session's commands to one conversation. */
  String path() {
    return command.conversation().value() + "\n" + command.path();
  }
}
