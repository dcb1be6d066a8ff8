package chat.plenary.messaging.search;

import chat.plenary.messaging.background.Workers;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.message.History;
import chat.plenary.messaging.message.Targets;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * One search through one conversation, from its newest entry backwards. A message stands where its
 * present text stands: at its own entry, or at that of its newest edit; so each is found once.
 *
 * <p>What it finds, it judges by what history shows to the reader; entries that the reader may not
 * see are read all the same, since an edit among them may be what is shown of a message that they
 * may see.
 */
final class Seeker {
  private static final int SIGNATURES_AT_ONCE = 64;

  private final Log log;
  private final History history;
  private final Signatures signatures;
  private final Workers workers;
  private final Access.View view;
  private final Wanted wanted;
  private final Set<Long> hashes;
  private final Search.Narrowed narrowed;
  private final Budget budget;
  private final int limit;
  private final List<Search.Hit> hits = new ArrayList<>();
  private final Map<Long, Signatures.Row> known = new HashMap<>();
  private long asked = Long.MAX_VALUE;

  Seeker(
      Log log,
      History history,
      Signatures signatures,
      Workers workers,
      Access.View view,
      Search.Asked what,
      Budget budget,
      int limit) {
    this.log = log;
    this.history = history;
    this.signatures = signatures;
    this.workers = workers;
    this.view = view;
    this.wanted = what.wanted();
    this.narrowed = what.narrowed();
    this.hashes = signatures.hashes(wanted.grams());
    this.budget = budget;
    this.limit = limit;
  }

  /**
   * Goes on from an entry, backwards.
   *
   * @param last the newest entry to look at
   */
  Future<Search.Found> from(long last) {
    return Steps.from(last, this::step).map(this::found);
  }

  /** Looks at what is left of a segment; null where it ends. */
  private @Nullable Future<Long> step(long last) {
    if (last < view.from() || hits.size() >= limit || budget.isSpent()) {
      return null;
    }
    long segment = Signatures.segment(last);
    long first = Math.max(view.from(), Signatures.first(segment));
    if (Signatures.last(segment) > view.upTo()) {
      return matching(first, last).compose(said -> judge(said, first));
    }
    if (segment < asked) {
      return ask(segment).map(last);
    }
    Signatures.Row row = known.remove(segment);
    if (row != null && !row.mayHave(hashes, narrowed)) {
      return Future.succeededFuture(first - 1);
    }
    Future<List<Candidate>> said =
        row == null ? unsigned(segment, first, last) : matching(first, last);
    return said.compose(some -> judge(some, first));
  }

  private Future<List<Candidate>> matching(long first, long last) {
    return read(first, last).compose(entries -> workers.work(() -> said(entries)));
  }

  /** Signatures of this segment and of those before it. */
  private Future<Void> ask(long segment) {
    long oldest = Math.max(Signatures.segment(view.from()), segment - SIGNATURES_AT_ONCE + 1);
    List<Long> segments = new ArrayList<>();
    for (long one = segment; one >= oldest; one--) {
      segments.add(one);
    }
    budget.signatures(segments.size());
    return signatures
        .get(view.state().id(), segments)
        .map(
            rows -> {
              known.clear();
              known.putAll(rows);
              asked = oldest;
              return null;
            });
  }

  private Future<List<Entry>> read(long first, long last) {
    return log.read(view.state().id(), first, last, Signatures.SIZE)
        .onSuccess(entries -> budget.entries(entries.size()));
  }

  /** A segment whose signature nobody has made yet: it is made, and kept where that works. */
  private Future<List<Candidate>> unsigned(long segment, long first, long last) {
    return read(Signatures.first(segment), Signatures.last(segment))
        .compose(
            entries -> {
              List<Entry> own =
                  entries.stream().filter(one -> one.seq() >= first && one.seq() <= last).toList();
              if (entries.size() < Signatures.SIZE) {
                return workers.work(() -> said(own));
              }
              return workers
                  .work(() -> new Made(signatures.make(entries), said(own)))
                  .compose(
                      made ->
                          signatures
                              .keep(view.state().id(), segment, made.row(), entries)
                              .transform(kept -> Future.succeededFuture(made.candidates())));
            });
  }

  private record Made(Signatures.Row row, List<Candidate> candidates) {}

  /**
   * An entry whose text matches.
   *
   * @param at where it stands
   * @param target the message
   * @param message the message's entry, where it is at hand
   */
  private record Candidate(long at, long target, @Nullable Entry message) {}

  /** Entries whose own texts match, newest first, of each message the newest. */
  private List<Candidate> said(List<Entry> entries) {
    Map<Long, Entry> messages = new HashMap<>();
    entries.stream()
        .filter(one -> one.kind().equals(Kinds.POSTED))
        .forEach(one -> messages.put(one.seq(), one));
    Map<Long, Candidate> found = new LinkedHashMap<>();
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      BsonDocument body = Signatures.body(entry);
      if (body == null || match(body) == null) {
        continue;
      }
      long target = entry.kind().equals(Kinds.EDITED) ? Targets.of(entry) : entry.seq();
      if (view.visible(target)) {
        found.putIfAbsent(target, new Candidate(entry.seq(), target, messages.get(target)));
      }
    }
    return List.copyOf(found.values());
  }

  /** What of a body matches; null where nothing does. */
  private @Nullable Match match(BsonDocument body) {
    if (!narrowed.has(body)) {
      return null;
    }
    for (Said said : Said.all(body)) {
      Folded text = Folded.of(said.text());
      if (wanted.matches(text)) {
        return new Match(said, text);
      }
    }
    return null;
  }

  private record Match(Said said, Folded text) {}

  /**
   * Takes of the candidates those that are shown so now.
   *
   * @return where to go on
   */
  private Future<Long> judge(List<Candidate> candidates, long first) {
    if (candidates.isEmpty()) {
      return Future.succeededFuture(first - 1);
    }
    return messages(candidates)
        .compose(entries -> history.shown(view, entries))
        .compose(shown -> workers.work(() -> taken(candidates, shown, first)));
  }

  private Future<List<Entry>> messages(List<Candidate> candidates) {
    List<Entry> entries = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (Candidate one : candidates) {
      Entry message = one.message();
      if (message != null) {
        entries.add(message);
      } else {
        done =
            done.compose(v -> log.read(view.state().id(), one.target(), one.target(), 1))
                .map(
                    some -> {
                      entries.addAll(some);
                      budget.entries(some.size());
                      return null;
                    });
      }
    }
    return done.map(v -> entries);
  }

  private long taken(List<Candidate> candidates, List<EntryView> shown, long first) {
    Map<Long, EntryView> views = new HashMap<>();
    shown.forEach(one -> views.put(one.entry().seq(), one));
    List<Candidate> ordered = new ArrayList<>(candidates);
    ordered.sort(Comparator.comparingLong(Candidate::at).reversed());
    for (Candidate one : ordered) {
      EntryView message = views.get(one.target());
      BsonDocument body = message == null ? null : message.body();
      if (message == null || body == null || !narrowed.posted(message.entry())) {
        continue;
      }
      EntryView.Edit edit = message.edit();
      Match match = (edit == null ? one.target() : edit.seq()) == one.at() ? match(body) : null;
      if (match == null) {
        continue;
      }
      hits.add(new Search.Hit(message, Excerpt.of(match.text(), wanted), match.said().language()));
      if (hits.size() == limit) {
        return one.at() - 1;
      }
    }
    return first - 1;
  }

  private Search.Found found(long last) {
    long searched = Math.max(view.from(), last + 1);
    return new Search.Found(List.copyOf(hits), view, searched, last < view.from() ? 0 : searched);
  }
}
