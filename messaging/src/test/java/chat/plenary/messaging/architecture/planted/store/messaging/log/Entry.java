package chat.plenary.messaging.architecture.planted.store.messaging.log;

/** What is used. */
public class Entry {}
