package chat.plenary.web;

import java.util.Map;

/**
 * An answer: 200, this type, these headers, these bytes.
 *
 * @param contentType the value of {@code Content-Type}
 * @param body not to be changed
 * @param headers all others, by lower-case name: caching, content security policy, nosniff
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Page(String contentType, byte[] body, Map<String, String> headers) {}
