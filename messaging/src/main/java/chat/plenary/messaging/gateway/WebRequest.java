package chat.plenary.messaging.gateway;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Route;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request as endpoints see it. */
final class WebRequest implements Request {
  private final RoutingContext context;
  private final Route route;
  private final @Nullable Caller caller;
  private final Buffer bytes;
  private final String remoteAddress;

  WebRequest(
      RoutingContext context,
      Route route,
      @Nullable Caller caller,
      Buffer bytes,
      String remoteAddress) {
    this.context = context;
    this.route = route;
    this.caller = caller;
    this.bytes = bytes;
    this.remoteAddress = remoteAddress;
  }

  @Override
  public Caller caller() {
    if (caller == null) {
      throw new IllegalStateException(route.path() + " is public, and yet asks for its caller");
    }
    return caller;
  }

  @Override
  public String parameter(String name) {
    String value = context.pathParam(name);
    if (value == null) {
      throw new IllegalStateException(route.path() + " has no parameter " + name);
    }
    return value;
  }

  @Override
  public @Nullable String query(String name) {
    return context.queryParams().get(name);
  }

  @Override
  public long query(String name, long min, long max, long otherwise) {
    String text = query(name);
    if (text == null) {
      return otherwise;
    }
    // Nineteen digits fill a long; what is longer is out of any bounds.
    boolean whole = text.matches("-?[0-9]{1,18}");
    long number = whole ? Long.parseLong(text) : 0;
    if (!whole || number < min || number > max) {
      throw Fault.invalid(name, "This must be a whole number from " + min + " to " + max + ".");
    }
    return number;
  }

  @Override
  public @Nullable String header(String name) {
    return context.request().getHeader(name);
  }

  @Override
  public @Nullable String cookie(String name) {
    Cookie cookie = context.request().getCookie(name);
    return cookie == null ? null : cookie.getValue();
  }

  @Override
  public Input body() {
    if (route.requestSchema() == null) {
      throw new IllegalStateException(
          route.method() + " " + route.path() + " reads a body that its schema does not describe");
    }
    return Input.of(JsonBody.object(bytes));
  }

  @Override
  public Buffer bytes() {
    return bytes;
  }

  @Override
  public String remoteAddress() {
    return remoteAddress;
  }

  /** The token of a header {@code Authorization: Bearer …}, or null where there is none. */
  static @Nullable String bearer(@Nullable String header) {
    return header != null && header.toLowerCase(Locale.ROOT).startsWith("bearer ")
        ? header.substring("bearer ".length()).strip()
        : null;
  }
}
