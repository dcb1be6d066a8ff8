package chat.plenary.bots.wecom;

/** What a caller of the compatible interface is refused with. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Errcode code;

  private Refusal(Errcode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static Refusal of(Errcode code) {
    return new Refusal(code, code.words());
  }

  /** With a remark for people behind the words that callers know. */
  static Refusal of(Errcode code, String remark) {
    return new Refusal(code, code.words() + ": " + remark);
  }

  /**
   * A member of the body that cannot be taken.
   *
   * @param field its path
   * @param why what is wrong, to be read after the path
   */
  static Refusal field(String field, String why) {
    return new Refusal(Errcode.FIELD, field + " " + why + ". " + Errcode.FIELD.words());
  }

  Errcode code() {
    return code;
  }
}
