package chat.plenary.messaging.architecture.planted.together.integrations;

/** What is used. */
public class Signature {}
