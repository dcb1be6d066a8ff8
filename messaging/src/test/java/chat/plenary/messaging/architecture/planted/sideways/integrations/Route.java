package chat.plenary.messaging.architecture.planted.sideways.integrations;

/** What is used. */
public class Route {}
