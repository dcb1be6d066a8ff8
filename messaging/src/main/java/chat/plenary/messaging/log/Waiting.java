package chat.plenary.messaging.log;

import io.vertx.core.Promise;

/** A command that waits at a node for what becomes of it. */
final class Waiting {
  final Command command;
  final String key;
  final String hash;
  final String attempt;
  final long deadline;

  /** Bytes of the body, about. */
  final int size;

  /** The path whose order is kept: a session's commands to one conversation. */
  final String path;

  final Promise<Outcome> answer = Promise.promise();

  /**
   * The highest number at which it was proposed; {@link Long#MAX_VALUE} once it was handed over
   * without an answer.
   */
  long proposed;

  /**
   * Whether another node handed it over. That node holds what it hears unknown and hands over
   * nothing of a path that holds, so here nothing is held.
   */
  boolean foreign;

  /** Whether facts are being read that judging it needs. */
  boolean preparing;

  boolean settled;

  Waiting(Command command, Meta.Mark mark, String attempt, long deadline) {
    this.command = command;
    this.key = mark.key();
    this.hash = mark.hash();
    this.size = mark.size();
    this.attempt = attempt;
    this.deadline = deadline;
    this.path = command.conversation().value() + "\n" + command.path();
  }
}
