package chat.plenary.lab.history;

/** The first byte of each event in a file. */
final class Tag {
  static final int START = 1;
  static final int PERSON = 2;
  static final int MADE = 3;
  static final int READER = 4;
  static final int INVOKED = 5;
  static final int RETURNED = 6;
  static final int SHOWN = 7;
  static final int INBOX = 8;
  static final int LINKED = 9;
  static final int FAULT = 10;

  private Tag() {}
}
