package chat.plenary.messaging.meeting;

import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A service that holds meetings. A provider keeps nothing: what it must know again stands in the
 * {@link Room} that it gave.
 *
 * <p>Every future fails with a {@link chat.plenary.messaging.fault.Fault} in words for people: as
 * {@code UNAVAILABLE} where trying again may help, {@code TOO_MANY} for a quota (saying which, as
 * the service told), {@code UNKNOWN} where it is not known whether it happened, {@code FORBIDDEN},
 * {@code INVALID} or {@code NOT_FOUND} where the service refused. No message holds a secret or a
 * link. Every call ends within 15 s.
 */
public interface MeetingProvider {
  /** Its name in the configuration and in addresses: 1 to 32 of {@code a-z0-9-}. */
  String name();

  /** What people call it, such as {@code Jitsi Meet}. */
  String title();

  /** Whether it is a simulation, which people are told. */
  boolean simulated();

  /** What it can do beyond making a meeting and letting people in. */
  Set<Capability> capabilities();

  /** Makes a meeting; where it has no calls for that it only chooses names. */
  Future<Room> create(MeetingPlan plan);

  /** Changes a meeting to another plan; what it returns replaces the room. */
  Future<Room> change(Room room, MeetingPlan plan);

  /** Cancels a meeting that has not begun; one that is gone already is cancelled. */
  Future<Void> cancel(Room room);

  /** Ends one that is going on, for everybody; one that is over already is ended. */
  Future<Void> end(Room room);

  /** The link by which one member gets in; never to be shown to another, never to be stored. */
  Future<URI> link(Room room, MeetingPlan plan, Guest guest);

  /** For how long a link lets somebody in from when it was made; null where that is not known. */
  default @Nullable Duration linkLasts() {
    return null;
  }

  /** Has captions pushed, or not; only with {@link Capability#CAPTIONS}. */
  Future<Void> captions(Room room, boolean on);

  /** What there is of a meeting that is over; empty lists where nothing is (yet). */
  Future<Aftermath> after(Room room);

  /** What a provider can do. */
  enum Capability {
    /** Each member's link is their own, signed for them. */
    PERSONAL_LINKS,
    /** It can end a meeting for everybody. */
    END,
    /** It tells by events when a meeting begins and ends. */
    EVENTS,
    /** It tells by events, or when asked afterwards, who takes part. */
    PARTICIPANTS,
    /** It pushes what is said as text. */
    CAPTIONS,
    /** It gives recordings. */
    RECORDINGS,
    /** It gives transcripts. */
    TRANSCRIPTS
  }
}
