package chat.plenary.messaging.translation;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.interpretation.TextTranslator;
import chat.plenary.messaging.log.Callers;
import chat.plenary.messaging.log.Timers;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One engine, what it translated before, and the quota of those who ask it. */
final class Engine {
  private final TextTranslator translator;
  private final Cache cache;
  private final Quota quota;
  private final Timers timers;
  private final Options options;
  private final Cost cost = new Cost();
  private final Pace pace;
  private final Map<String, Pair> pairs = new ConcurrentHashMap<>();

  /** A text that is to be translated, under the key of the cache. */
  record Asked(String key, String text, String from, String to) {}

  Engine(TextTranslator translator, Cache cache, Quota quota, Timers timers, Options options) {
    this.translator = translator;
    this.cache = cache;
    this.quota = quota;
    this.timers = timers;
    this.options = options;
    this.pace = new Pace(translator.perSecond(), timers);
  }

  TextTranslator translator() {
    return translator;
  }

  Cost cost() {
    return cost;
  }

  /** Translates a text, or finds what it was translated as. Fails with a fault, in words. */
  Future<String> translate(OrganisationId organisation, String text, String from, String to) {
    String key = cache.key(organisation, translator.name(), from, to, text);
    String known = cache.get(key);
    if (known != null) {
      cost.hits.increment();
      return Future.succeededFuture(known);
    }
    Pair pair =
        pairs.computeIfAbsent(
            from + ">" + to, name -> new Pair(translator, cost, pace, timers, options));
    if (!pair.isAsked()) {
      return skipped(pair.away());
    }
    // Engines answer on threads of theirs.
    return Callers.answer(
        quota
            .take(organisation, text.length())
            .onFailure(why -> pair.isNotAsked())
            .compose(
                left -> {
                  if (!left) {
                    pair.isNotAsked();
                    return skipped(
                        Fault.tooMany("Today's quota of translations is used up.", 3_600));
                  }
                  return pair.enter(new Asked(key, text, from, to));
                })
            .onSuccess(answer -> cache.put(key, answer)));
  }

  private Future<String> skipped(Fault why) {
    cost.skipped.increment();
    return Future.failedFuture(why);
  }
}
