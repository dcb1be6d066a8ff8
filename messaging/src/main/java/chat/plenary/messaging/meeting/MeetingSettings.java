package chat.plenary.messaging.meeting;

import chat.plenary.messaging.id.OrganisationId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a node serves meetings; all nodes of a cluster must agree.
 *
 * @param providers who holds meetings, in the order in which groups are offered them; may be empty
 * @param standard the name of the provider that is taken where nobody chose; null for the first
 * @param organisations of some organisations the name of theirs, in place of {@code standard}
 * @param reminder how long before an occurrence its group is reminded; zero for never
 * @param patience after what time a call to a provider counts as unknown
 */
public record MeetingSettings(
    List<MeetingProvider> providers,
    @Nullable String standard,
    Map<OrganisationId, String> organisations,
    Duration reminder,
    Duration patience) {

  public MeetingSettings {
    providers = List.copyOf(providers);
    organisations = Map.copyOf(organisations);
    if (reminder.isNegative() || patience.isNegative()) {
      throw new IllegalArgumentException("times of meetings are not negative");
    }
    List<String> names = providers.stream().map(MeetingProvider::name).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("two meeting providers have one name: " + names);
    }
    check(names, standard);
    organisations.values().forEach(name -> check(names, name));
  }

  /** Reminders 10 minutes before, 20 s of patience. */
  public static MeetingSettings of(List<MeetingProvider> providers) {
    return new MeetingSettings(
        providers, null, Map.of(), Duration.ofMinutes(10), Duration.ofSeconds(20));
  }

  /** Without a provider there are no meetings. */
  public static MeetingSettings none() {
    return of(List.of());
  }

  private static void check(List<String> names, @Nullable String name) {
    if (name != null && !names.contains(name)) {
      throw new IllegalArgumentException("there is no meeting provider '" + name + "'");
    }
  }
}
