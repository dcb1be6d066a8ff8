package chat.plenary.messaging.delivery;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who opened which survey's results lately. */
final class ResultsViewers {
  private static final Duration FOR = Duration.ofMinutes(5);
  private static final int MOST = 10_000;

  private final Clock clock;
  private final Map<Opened, Long> opened = new LinkedHashMap<>();

  private record Opened(OrganisationId organisation, String survey, AccountId viewer) {}

  ResultsViewers(Clock clock) {
    this.clock = clock;
  }

  synchronized void open(OrganisationId organisation, String survey, AccountId viewer) {
    Opened one = new Opened(organisation, survey, viewer);
    opened.remove(one);
    opened.put(one, clock.millis());
    if (opened.size() > MOST) {
      opened.remove(opened.keySet().iterator().next());
    }
  }

  synchronized List<AccountId> of(OrganisationId organisation, String survey) {
    long since = clock.millis() - FOR.toMillis();
    opened.values().removeIf(at -> at < since);
    return opened.keySet().stream()
        .filter(one -> one.organisation().equals(organisation) && one.survey().equals(survey))
        .map(Opened::viewer)
        .toList();
  }
}
