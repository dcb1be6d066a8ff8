package chat.plenary.lab.captions;

import chat.plenary.client.Entry;
import chat.plenary.client.Frame;
import chat.plenary.client.Live;
import chat.plenary.client.LiveListener;
import chat.plenary.client.Session;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Somebody who follows a group on a live connection, in a language. */
public final class Reader implements LiveListener {
  private final String group;
  private final String language;
  private final Map<Long, Judge.Shown> shown = new TreeMap<>();
  private final Map<Long, String> texts = new TreeMap<>();
  private final List<Judge.Told> told = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Live live;
  private long last;

  /**
   * Begins to follow.
   *
   * @param language empty: as it was said
   */
  public Reader(Session session, String group, String language) {
    this.group = group;
    this.language = language;
    this.live = session.live(this, Live.Options.standard());
  }

  public Live live() {
    return live;
  }

  public String language() {
    return language;
  }

  @Override
  public void current() {
    if (!language.isEmpty()) {
      live.reading(group, language, null);
    }
  }

  @Override
  public synchronized void entry(Entry entry) {
    if (!entry.conversation().equals(group)) {
      return;
    }
    if (entry.seq() <= last) {
      problems.add("was shown entry " + entry.seq() + " after " + last);
    }
    last = entry.seq();
    JsonNode body = entry.body();
    if (body == null) {
      return;
    }
    boolean edit = entry.kind().equals("message.edited");
    JsonNode said = edit ? body.path("body") : body;
    if (said.path("type").asText().equals("caption")) {
      long seq = edit ? body.path("target").asLong() : entry.seq();
      String text = said.path("text").asText();
      texts.put(entry.seq(), text);
      if (edit != shown.containsKey(seq)) {
        problems.add("was shown an edit of what was not there, or a caption twice: " + seq);
      }
      shown.put(seq, new Judge.Shown(seq, said.path("key").asText(), text));
    }
  }

  @Override
  public synchronized void frame(URI node, Frame frame) {
    if (frame instanceof Frame.Other other && other.type().equals("translation")) {
      JsonNode json = other.frame();
      told.add(
          new Judge.Told(
              json.path("seq").asLong(),
              json.path("of").asLong(),
              json.path("language").asText(),
              text(json)));
    }
  }

  private static @Nullable String text(JsonNode json) {
    return json.hasNonNull("text") ? json.path("text").asText() : null;
  }

  /** What it was shown in the end, in the order of the log. */
  public synchronized Judge.Follower follower() {
    return new Judge.Follower(
        language.isEmpty() ? "original" : language,
        List.copyOf(shown.values()),
        Map.copyOf(texts),
        List.copyOf(told),
        List.copyOf(problems));
  }
}
