package chat.plenary.lab.history;

import java.util.List;

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

  /** An enum's value is written as its place here. */
  static final List<Event.Action> ACTIONS = List.of(Event.Action.values());

  static final List<Event.Outcome> OUTCOMES = List.of(Event.Outcome.values());
  static final List<Event.Via> VIAS = List.of(Event.Via.values());
  static final List<Event.Link> LINKS = List.of(Event.Link.values());

  private Tag() {}
}
