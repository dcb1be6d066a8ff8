package chat.plenary.integrations.deadletter;

import chat.plenary.integrations.camel.PlenaryConsumer;
import chat.plenary.integrations.camel.PlenaryEndpoint;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.TypeConversionException;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an exchange, bounded. Of one that was made of an entry only where the entry
 * stands: a recall, or the end of its retention, leaves no copy here.
 *
 * @param conversation the entry's conversation, or null
 * @param seq the entry's number, or 0
 * @param body the body, or null
 * @param binary whether the body is base64
 * @param cut whether the body was too large
 * @param headers headers that are texts, numbers or flags
 */
record Snapshot(
    @Nullable String conversation,
    long seq,
    @Nullable String body,
    boolean binary,
    boolean cut,
    JsonObject headers) {
  /** Bytes of a body. */
  static final int MAX_BODY = 64 * 1024;

  private static final int MAX_HEADERS = 50;
  private static final int MAX_HEADER = 1_024;
  private static final int MAX_ERROR = 500;
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(auth|cookie|token|secret|passw|signature|credential|api.?key).*");
  private static final Pattern URL =
      Pattern.compile("([a-z][a-z0-9+.-]*://)([^/\\s@]*@)?([^/?#\\s]+)\\S*");

  static Snapshot of(Exchange exchange) {
    Message message =
        exchange.getUnitOfWork() != null && exchange.getUnitOfWork().getOriginalInMessage() != null
            ? exchange.getUnitOfWork().getOriginalInMessage()
            : exchange.getMessage();
    if (exchange.getFromEndpoint() instanceof PlenaryEndpoint from) {
      Long seq = exchange.getProperty(PlenaryConsumer.ENTRY, Long.class);
      return new Snapshot(
          from.conversation().value(), seq == null ? 0 : seq, null, false, false, new JsonObject());
    }
    byte[] body = bytes(message);
    boolean cut = body == null ? message.getBody() != null : body.length > MAX_BODY;
    String text = body == null || cut ? null : text(body);
    boolean binary = body != null && !cut && text == null;
    return new Snapshot(
        null,
        0,
        binary ? Base64.getEncoder().encodeToString(body) : text,
        binary,
        cut,
        headers(message));
  }

  /** Why it failed, without what addresses may hold beyond their host. */
  static String error(@Nullable Throwable failure) {
    if (failure == null) {
      return "It failed.";
    }
    String message = failure.getMessage();
    String text =
        failure.getClass().getSimpleName()
            + (message == null ? "" : ": " + URL.matcher(message).replaceAll("$1$3/…"));
    return text.length() <= MAX_ERROR ? text : text.substring(0, MAX_ERROR) + "…";
  }

  private static byte @Nullable [] bytes(Message message) {
    Object body = message.getBody();
    if (body == null) {
      return null;
    }
    try {
      String text = body instanceof JsonObject json ? json.encode() : null;
      return text != null ? text.getBytes(StandardCharsets.UTF_8) : message.getBody(byte[].class);
    } catch (TypeConversionException e) {
      return null;
    }
  }

  private static @Nullable String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static JsonObject headers(Message message) {
    JsonObject headers = new JsonObject();
    for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
      String name = header.getKey();
      Object value = header.getValue();
      boolean plain = value instanceof Number || value instanceof Boolean;
      boolean text = value instanceof String string && string.length() <= MAX_HEADER;
      boolean ours = name.startsWith("Camel") || name.startsWith("org.apache.camel");
      if ((plain || text)
          && !ours
          && name.matches("[A-Za-z][A-Za-z0-9_-]{0,63}")
          && !SECRET.matcher(name).matches()
          && headers.size() < MAX_HEADERS) {
        headers.put(
            name,
            value instanceof Number number && !(value instanceof Integer)
                ? number.longValue()
                : value);
      }
    }
    return headers;
  }
}
