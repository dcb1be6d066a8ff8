package chat.plenary.messaging.search;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.Inbox;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One search through all conversations of an account, those with the newest entries first.
 * Conversations in which something was said after it had begun come last, perhaps once more: they
 * may have moved past the place at which it was.
 */
public final class Everywhere {
  /** Hits that are told of one conversation, at the most. */
  public static final int HITS = 3;

  private final Search search;
  private final Inbox inbox;
  private final Caller caller;
  private final Search.Asked asked;
  private final Budget budget;
  private final int limit;
  private final List<Group> groups = new ArrayList<>();
  private int searched;

  Everywhere(
      Search search, Inbox inbox, Caller caller, Search.Asked asked, Budget budget, int limit) {
    this.search = search;
    this.inbox = inbox;
    this.caller = caller;
    this.asked = asked;
    this.budget = budget;
    this.limit = limit;
  }

  /**
   * What was found in one conversation.
   *
   * @param hits the newest, at most {@value Everywhere#HITS}
   * @param more whether there may be more to be found in it
   */
  public record Group(ConversationId conversation, List<Search.Hit> hits, boolean more) {
    public Group {
      hits = List.copyOf(hits);
    }
  }

  /**
   * What was found.
   *
   * @param groups conversations with hits
   * @param searched how many conversations were looked at to the end
   * @param next where to go on, or null where there is no more
   */
  public record Found(List<Group> groups, int searched, @Nullable String next) {
    public Found {
      groups = List.copyOf(groups);
    }
  }

  /**
   * How far a search has come.
   *
   * @param begun when it began, in milliseconds since 1970
   * @param moved whether it has come to conversations in which something was said since
   * @param at the time of the newest entry of the conversation that it is at
   * @param id the conversation that it is at; empty at the beginning
   * @param before the seq before which to go on in it; 0 where it is done
   */
  record Place(long begun, boolean moved, long at, String id, long before) {
    private static final Pattern FORM =
        Pattern.compile(
            "([0-9]{1,15})\\.([01])\\.([0-9]{1,15})\\.([gd][\\w-]{22})\\.([0-9]{1,15})");

    static Place beginning(long now) {
      return new Place(now, false, Long.MAX_VALUE, "", 0);
    }

    static Place read(String text) {
      Matcher parts = FORM.matcher(text);
      if (!parts.matches()) {
        throw Fault.invalid("after", "This must be the next of the page before.");
      }
      return new Place(
          Long.parseLong(parts.group(1)),
          parts.group(2).equals("1"),
          Long.parseLong(parts.group(3)),
          parts.group(4),
          Long.parseLong(parts.group(5)));
    }

    String text() {
      return begun + "." + (moved ? 1 : 0) + "." + at + "." + id + "." + before;
    }

    /** Whether a conversation comes after this place, or is at it and not done. */
    boolean isBefore(Stop stop) {
      if (stop.moved() != moved) {
        return stop.moved();
      }
      int order = Stop.ORDER.compare(new Stop(at, id, moved), stop);
      return id.isEmpty() || order < 0 || (before > 0 && id.equals(stop.id()));
    }
  }

  /** A conversation on the way. */
  private record Stop(long at, String id, boolean moved) {
    /** Those that moved by their ids, since they may move again. */
    static final Comparator<Stop> ORDER =
        Comparator.comparing(Stop::moved)
            .thenComparing(Comparator.comparingLong((Stop one) -> one.moved() ? 0 : -one.at()))
            .thenComparing(Stop::id);
  }

  Future<Found> from(Place place) {
    return inbox
        .newest(caller)
        .compose(
            newest -> {
              List<Stop> stops =
                  newest.stream()
                      .map(
                          one ->
                              new Stop(
                                  one.at().toEpochMilli(),
                                  one.conversation().value(),
                                  one.at().toEpochMilli() > place.begun()))
                      .filter(place::isBefore)
                      .sorted(Stop.ORDER)
                      .toList();
              return along(stops, place);
            });
  }

  /**
   * Where a walk along the conversations is.
   *
   * @param index the next one
   */
  private record Walk(int index, Place place) {}

  private Future<Found> along(List<Stop> stops, Place beginning) {
    return Steps.from(new Walk(0, beginning), walk -> step(stops, walk))
        .map(
            walk -> {
              boolean end = walk.index() == stops.size() && walk.place().before() == 0;
              return new Found(groups, searched, end ? null : walk.place().text());
            });
  }

  private @Nullable Future<Walk> step(List<Stop> stops, Walk walk) {
    Place place = walk.place();
    boolean under = walk.index() > 0 && (budget.isSpent() || place.before() > 0);
    if (walk.index() == stops.size() || groups.size() == limit || under) {
      return null;
    }
    Stop stop = stops.get(walk.index());
    boolean here = place.id().equals(stop.id()) && place.moved() == stop.moved();
    return search
        .one(
            caller,
            new ConversationId(stop.id()),
            asked,
            here ? place.before() : 0,
            HITS + 1,
            budget)
        .map(
            found ->
                new Walk(
                    walk.index() + 1,
                    new Place(
                        place.begun(), stop.moved(), stop.at(), stop.id(), took(stop, found))));
  }

  /**
   * Takes what was found in a conversation.
   *
   * @return 0 where the conversation is done; else before which entry to go on in it
   */
  private long took(Stop stop, Search.@Nullable Found found) {
    if (found == null) {
      return 0;
    }
    int hits = found.hits().size();
    if (hits > 0) {
      groups.add(
          new Group(
              new ConversationId(stop.id()),
              found.hits().subList(0, Math.min(HITS, hits)),
              hits > HITS || found.next() > 0));
    }
    boolean done = hits > HITS || found.next() == 0;
    searched += done ? 1 : 0;
    return done ? 0 : found.next();
  }
}
