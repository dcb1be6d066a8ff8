package chat.plenary.client;

import java.net.URI;

/** Tells a listener one thing at a time: frames go on being read while history is told. */
final class Serial implements LiveListener {
  private final LiveListener listener;

  Serial(LiveListener listener) {
    this.listener = listener;
  }

  @Override
  public synchronized void conversation(Conversation conversation) {
    listener.conversation(conversation);
  }

  @Override
  public synchronized void entry(Entry entry) {
    listener.entry(entry);
  }

  @Override
  public synchronized void current() {
    listener.current();
  }

  @Override
  public synchronized void cursor(String cursor) {
    listener.cursor(cursor);
  }

  @Override
  public synchronized void ephemeral(Frame frame) {
    listener.ephemeral(frame);
  }

  @Override
  public synchronized void connected(URI node) {
    listener.connected(node);
  }

  @Override
  public synchronized void disconnected(URI node, String why) {
    listener.disconnected(node, why);
  }

  @Override
  public synchronized void ended(Problem problem) {
    listener.ended(problem);
  }

  @Override
  public synchronized void frame(URI node, Frame frame) {
    listener.frame(node, frame);
  }
}
