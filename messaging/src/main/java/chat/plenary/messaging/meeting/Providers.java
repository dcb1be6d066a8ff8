package chat.plenary.messaging.meeting;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.OrganisationId;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The providers of a node by their names, and how they are called: every call ends, and whatever
 * goes wrong becomes a fault in words for people.
 */
final class Providers {
  private static final Logger LOGGER = LoggerFactory.getLogger(Providers.class);

  private final Map<String, MeetingProvider> byName = new LinkedHashMap<>();
  private final MeetingSettings settings;

  Providers(MeetingSettings settings) {
    this.settings = settings;
    settings.providers().forEach(provider -> byName.put(provider.name(), provider));
  }

  List<MeetingProvider> all() {
    return List.copyOf(byName.values());
  }

  /** The name of the provider that an organisation takes where nobody chose; null without one. */
  @Nullable String standard(OrganisationId organisation) {
    String own = settings.organisations().getOrDefault(organisation, settings.standard());
    return own != null ? own : byName.keySet().stream().findFirst().orElse(null);
  }

  /** The provider of a new meeting. */
  MeetingProvider choose(OrganisationId organisation, @Nullable String wanted) {
    String name = wanted != null ? wanted : standard(organisation);
    MeetingProvider provider = name == null ? null : byName.get(name);
    if (provider != null) {
      return provider;
    }
    throw byName.isEmpty()
        ? Fault.invalid("provider", "No meeting service is set up here.")
        : Fault.invalid(
            "provider", "This must be one of " + String.join(", ", byName.keySet()) + ".");
  }

  boolean can(String name, MeetingProvider.Capability capability) {
    MeetingProvider provider = byName.get(name);
    return provider != null && provider.capabilities().contains(capability);
  }

  /** Calls a provider. It fails with a fault, as unknown when no answer comes in time. */
  <T> Future<T> call(String name, Function<MeetingProvider, Future<T>> call) {
    MeetingProvider provider = byName.get(name);
    if (provider == null) {
      return Future.failedFuture(
          Fault.of(
              Fault.Code.UNAVAILABLE, "The meeting service '" + name + "' is not set up here."));
    }
    Future<T> answer;
    try {
      answer = call.apply(provider);
    } catch (RuntimeException e) {
      answer = Future.failedFuture(e);
    }
    return answer
        .timeout(settings.patience().toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(fault(provider, failure)));
  }

  /** What people are told. Of what a provider should not have thrown only the kind is logged. */
  private static Fault fault(MeetingProvider provider, Throwable failure) {
    if (failure instanceof Fault fault) {
      return fault;
    }
    if (failure instanceof TimeoutException) {
      return Fault.of(Fault.Code.UNKNOWN, provider.title() + " did not answer in time.");
    }
    LOGGER.warn("{} failed: {}", provider.name(), failure.getClass().getName());
    return Fault.of(Fault.Code.UNKNOWN, provider.title() + " gave no answer that is understood.");
  }
}
