package chat.plenary.messaging.architecture.planted.otherways.bots;

/** What is used. */
public class Bot {}
