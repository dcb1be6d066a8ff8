package chat.plenary.messaging.delivery;

import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.protocol.ClientFrame;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Which sessions of an event loop read which conversations in a language, or follow their meetings.
 * Used on that event loop only, save for {@link #any}.
 */
final class Readers {
  private final Map<ConversationId, Set<LiveSession>> readers = new ConcurrentHashMap<>();

  /**
   * Replaces what a session said before of a conversation.
   *
   * @return false where it reads as many as it may
   */
  boolean read(LiveSession session, ConversationId conversation, LiveSession.Reading reading) {
    if (reading.language() == null && reading.meeting() == null) {
      session.readings.remove(conversation);
      forget(session, conversation);
      return true;
    }
    if (!session.readings.containsKey(conversation)
        && session.readings.size() >= ClientFrame.MAX_READING) {
      return false;
    }
    session.readings.put(conversation, reading);
    readers.computeIfAbsent(conversation, id -> new LinkedHashSet<>()).add(session);
    return true;
  }

  void remove(LiveSession session) {
    session.readings.keySet().forEach(conversation -> forget(session, conversation));
    session.readings.clear();
  }

  private void forget(LiveSession session, ConversationId conversation) {
    Set<LiveSession> all = readers.get(conversation);
    if (all != null && all.remove(session) && all.isEmpty()) {
      readers.remove(conversation);
    }
  }

  /** Whether anybody reads a conversation so. May be called on any thread. */
  boolean any(ConversationId conversation) {
    return readers.containsKey(conversation);
  }

  /** The sessions that read a conversation in a certain way. */
  List<LiveSession> of(ConversationId conversation, Predicate<LiveSession.Reading> how) {
    List<LiveSession> found = new ArrayList<>();
    for (LiveSession session : readers.getOrDefault(conversation, Set.of())) {
      LiveSession.Reading reading = session.readings.get(conversation);
      if (reading != null && how.test(reading)) {
        found.add(session);
      }
    }
    return found;
  }
}
