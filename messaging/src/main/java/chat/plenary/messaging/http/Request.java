package chat.plenary.messaging.http;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.fault.Input;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A request, after its size, its token and its caller's role were checked. */
public interface Request {
  /**
   * Who asks.
   *
   * @throws IllegalStateException at an endpoint without a token
   */
  Caller caller();

  /** A parameter of the path. */
  String parameter(String name);

  /** The first value of a query parameter, or null. */
  @Nullable String query(String name);

  /**
   * A whole number of the query, or {@code otherwise} where it is not given.
   *
   * @throws chat.plenary.messaging.fault.Fault naming the parameter when it is none or out of
   *     bounds
   */
  long query(String name, long min, long max, long otherwise);

  /** The first value of a header, or null. */
  @Nullable String header(String name);

  /** The value of a cookie, or null. */
  @Nullable String cookie(String name);

  /**
   * The body as a JSON object.
   *
   * @throws chat.plenary.messaging.fault.Fault when it is none
   */
  Input body();

  /**
   * The body as it came; empty where there is none. At most 64 KiB unless the server is configured
   * otherwise.
   */
  Buffer bytes();

  /** The address that the request came from, as far as trusted proxies tell it. */
  String remoteAddress();
}
