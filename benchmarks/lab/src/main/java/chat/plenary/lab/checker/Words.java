package chat.plenary.lab.checker;

import java.util.Locale;

/** Puts operations, times and entries into words. */
final class Words {
  private Words() {}

  static String time(long nanos) {
    return nanos == Ops.NEVER
        ? "never"
        : String.format(Locale.ROOT, "%.3f s", nanos / 1_000_000_000.0);
  }

  /** Such as "operation 12 (POST by a1 in g1, asked at 0.100 s, OK at 0.120 s as 7)". */
  static String op(Ops ops, int op) {
    if (op < 0) {
      return "no operation";
    }
    long seq = ops.seq.get(op);
    return "operation %d (%s by %s in %s, asked at %s, %s at %s%s)"
        .formatted(
            op,
            ops.action(op),
            ops.account(op),
            ops.conversation(op),
            time(ops.invoked.get(op)),
            ops.outcome(op),
            time(ops.returned(op)),
            ops.ok(op) && seq > 0 ? " as number " + seq : "");
  }

  static String entry(Log log, long seq) {
    return "entry %d of %s (%s by %s)".formatted(seq, log.id, log.kind(seq), log.sender(seq));
  }

  static String reader(Model model, int reader) {
    var known = model.readers.get(reader);
    return known == null
        ? "reader " + reader
        : "reader %d (%s, %s)".formatted(reader, known.account(), known.device());
  }
}
