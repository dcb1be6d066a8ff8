package chat.plenary.messaging.store.mongo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** All that a publisher publishes, as one future. What is asked for is limited by the query. */
final class Collected<T> implements Subscriber<T> {
  private final List<T> all = new ArrayList<>();
  private final Promise<List<T>> promise = Promise.promise();

  static <T> Future<List<T>> of(Publisher<T> publisher) {
    var collected = new Collected<T>();
    publisher.subscribe(collected);
    return collected.promise.future();
  }

  /** The one thing that a publisher publishes. */
  static <T> Future<T> one(Publisher<T> publisher) {
    return of(publisher).map(all -> all.get(0));
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(T each) {
    all.add(each);
  }

  @Override
  public void onError(Throwable failure) {
    promise.tryFail(failure);
  }

  @Override
  public void onComplete() {
    promise.tryComplete(all);
  }
}
