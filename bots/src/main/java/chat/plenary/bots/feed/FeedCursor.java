package chat.plenary.bots.feed;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.log.Cursor;

/**
 * How far a bot has read its feed.
 *
 * @param log of the lanes
 * @param answers the number of the last answer
 */
record FeedCursor(Cursor log, long answers) {
  String encode() {
    return log.encode() + "." + Long.toString(answers, Character.MAX_RADIX);
  }

  static FeedCursor decode(String text) {
    int dot = text.lastIndexOf('.');
    try {
      if (dot > 0) {
        long answers = Long.parseLong(text.substring(dot + 1), Character.MAX_RADIX);
        if (answers >= 0) {
          return new FeedCursor(Cursor.decode("cursor", text.substring(0, dot)), answers);
        }
      }
    } catch (NumberFormatException e) {
      throw Fault.invalid("cursor", "This is not a cursor of a feed.");
    }
    throw Fault.invalid("cursor", "This is not a cursor of a feed.");
  }
}
