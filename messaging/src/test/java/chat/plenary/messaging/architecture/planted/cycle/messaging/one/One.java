package chat.plenary.messaging.architecture.planted.cycle.messaging.one;

/** Needs the other, which needs it. */
public class One {
  public chat.plenary.messaging.architecture.planted.cycle.messaging.two.Two other;
}
