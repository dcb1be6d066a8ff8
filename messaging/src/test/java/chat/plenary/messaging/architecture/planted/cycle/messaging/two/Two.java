package chat.plenary.messaging.architecture.planted.cycle.messaging.two;

/** Needs the other, which needs it. */
public class Two {
  public chat.plenary.messaging.architecture.planted.cycle.messaging.one.One other;
}
