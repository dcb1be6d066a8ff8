package chat.plenary.lab.workload;

import chat.plenary.client.Conversation;
import chat.plenary.client.Entry;
import chat.plenary.client.Frame;
import chat.plenary.client.Live;
import chat.plenary.client.LiveListener;
import chat.plenary.client.Problem;
import chat.plenary.client.Session;
import chat.plenary.client.Sync;
import chat.plenary.lab.history.Event;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A device that follows live and writes down every entry that it is shown, and how. */
final class Follower implements LiveListener {
  private final Recorder recorder;
  private final int reader;
  private final Live live;
  private volatile String node = "";
  private volatile long opened;
  private volatile @Nullable Problem over;
  private List<Entry> framed = List.of();

  Follower(
      Recorder recorder, Session session, String account, String device, @Nullable String cursor) {
    this.recorder = recorder;
    this.reader = recorder.reader(account, device);
    this.live = session.live(this, Live.Options.standard().from(cursor));
  }

  Live live() {
    return live;
  }

  String node() {
    return node;
  }

  /** Why the session is over, or null. */
  @Nullable Problem over() {
    return over;
  }

  /** Says that it was current when all was quiet. Returns whether it was. */
  boolean settle() {
    if (!live.isCurrent()) {
      return false;
    }
    recorder.linked(reader, Event.Link.SETTLED, node, "");
    return true;
  }

  @Override
  public void frame(URI at, Frame frame) {
    if (frame instanceof Frame.Appended appended) {
      framed = List.of(appended.entry());
      recorder.shown(reader, Event.Via.LIVE, appended.entry());
    } else if (frame instanceof Frame.Changed changed) {
      changed(changed.changed());
    }
  }

  private void changed(Sync.Changed changed) {
    framed = changed.entries();
    recorder.inbox(reader, opened, changed.conversation());
    changed.entries().forEach(entry -> recorder.shown(reader, Event.Via.RESUME, entry));
  }

  /** What came by a frame was written down there; the rest was fetched. */
  @Override
  public void entry(Entry entry) {
    if (!framed.contains(entry)) {
      recorder.shown(reader, Event.Via.PAGE, entry);
    }
  }

  @Override
  public void conversation(Conversation conversation) {}

  @Override
  public void connected(URI at) {
    node = at.toString();
    opened = recorder.now();
    recorder.linked(reader, Event.Link.OPENED, node, "");
  }

  @Override
  public void current() {
    recorder.linked(reader, Event.Link.CURRENT, node, "");
  }

  @Override
  public void disconnected(URI at, String why) {
    recorder.linked(reader, Event.Link.LOST, at.toString(), why);
  }

  @Override
  public void ended(Problem problem) {
    over = problem;
    recorder.linked(reader, Event.Link.LOST, node, "over: " + problem.name());
  }
}
