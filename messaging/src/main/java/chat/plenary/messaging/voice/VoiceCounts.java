package chat.plenary.messaging.voice;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What came of voices at this node since it started, for whoever counts. */
public final class VoiceCounts {
  private final LongAdder sent = new LongAdder();
  private final LongAdder slow = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder far = new LongAdder();
  private final Map<String, Engine> engines = new TreeMap<>();

  /** What came of one engine that speaks. */
  public static final class Engine {
    private final LongAdder spoken = new LongAdder();
    private final LongAdder failures = new LongAdder();

    private Engine() {}

    /** Milliseconds that it spoke. */
    public long spoken() {
      return spoken.sum() / WaitingVoice.MILLI;
    }

    /** Sentences that it did not speak, or not in time; speeches that broke off as it spoke. */
    public long failures() {
      return failures.sum();
    }
  }

  /** Nothing yet, of these engines. */
  public VoiceCounts(Collection<String> engines) {
    engines.forEach(name -> this.engines.put(name, new Engine()));
  }

  /** Of each engine that may speak here, by its name. */
  public Map<String, Engine> engines() {
    return Map.copyOf(engines);
  }

  /** Milliseconds that were written to listeners, each listener's by itself. */
  public long sent() {
    return sent.sum() / WaitingVoice.MILLI;
  }

  /** Milliseconds that fell away because a listener took them slowly, each listener's by itself. */
  public long slow() {
    return slow.sum();
  }

  /** Milliseconds that fell away because more was spoken than could be played in time. */
  public long late() {
    return late.sum();
  }

  /** Milliseconds that fell away on the way to another node. */
  public long far() {
    return far.sum() / WaitingVoice.MILLI;
  }

  /** So many bytes were written to a listener. */
  public void sent(int bytes) {
    sent.add(bytes);
  }

  /** So much fell away of one who listens slowly. */
  public void slow(long milliseconds) {
    slow.add(milliseconds);
  }

  void late(long milliseconds) {
    late.add(milliseconds);
  }

  void far(int bytes) {
    far.add(bytes);
  }

  void spoken(String engine, int bytes) {
    Engine found = engines.get(engine);
    if (found != null) {
      found.spoken.add(bytes);
    }
  }

  void failed(String engine) {
    Engine found = engines.get(engine);
    if (found != null) {
      found.failures.increment();
    }
  }
}
