package chat.plenary.messaging.architecture.planted.log.messaging.message;

/** What is used. */
public class Message {}
