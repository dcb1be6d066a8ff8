package chat.plenary.messaging.architecture.planted.upwards.bots;

/** What is used. */
public class Bot {}
