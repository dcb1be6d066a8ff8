package chat.plenary.messaging.translation;

import java.util.concurrent.atomic.LongAdder;

/** What an engine was asked since the node started, for whoever counts. */
public final class Cost {
  final LongAdder texts = new LongAdder();
  final LongAdder characters = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder implausible = new LongAdder();
  final LongAdder hits = new LongAdder();
  final LongAdder skipped = new LongAdder();

  Cost() {}

  /** Texts that it was given. */
  public long texts() {
    return texts.sum();
  }

  /** Characters that it was given. */
  public long characters() {
    return characters.sum();
  }

  /** Texts that it did not translate, or not in time. */
  public long failures() {
    return failures.sum();
  }

  /** Answers that were no translations. */
  public long implausible() {
    return implausible.sum();
  }

  /** Texts that it was not given, since it had translated them before. */
  public long hits() {
    return hits.sum();
  }

  /** Texts that it was not given, since it was away, had enough to do, or a quota was used up. */
  public long skipped() {
    return skipped.sum();
  }
}
