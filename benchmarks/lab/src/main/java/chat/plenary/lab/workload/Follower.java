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
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A device that follows live and writes down every entry that it is shown, and how. */
final class Follower implements LiveListener {
  /** More than may wait in a client, with all entries of their frames. */
  private static final int FRAMED = 20_000;

  private final Recorder recorder;
  private final int reader;
  private final Live live;
  private volatile String node = "";
  private volatile long opened;
  private volatile @Nullable Problem over;

  /** What was read and is not told yet; what was told before by a page is never told again. */
  private final Set<Entry> framed = new LinkedHashSet<>();

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
      framed(appended.entry());
      recorder.shown(reader, Event.Via.LIVE, appended.entry());
    } else if (frame instanceof Frame.Changed changed) {
      changed(changed.changed());
    }
  }

  private void changed(Sync.Changed changed) {
    changed.entries().forEach(this::framed);
    recorder.inbox(reader, opened, changed.conversation());
    changed.entries().forEach(entry -> recorder.shown(reader, Event.Via.RESUME, entry));
  }

  private void framed(Entry entry) {
    framed.add(entry);
    if (framed.size() > FRAMED) {
      framed.remove(framed.iterator().next());
    }
  }

  /** What came by a frame was written down there; the rest was fetched. */
  @Override
  public void entry(Entry entry) {
    if (!framed.remove(entry)) {
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
