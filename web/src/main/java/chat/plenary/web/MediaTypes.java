package chat.plenary.web;

import java.util.Map;

/** Types by the end of a file's name. */
final class MediaTypes {
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "html", "text/html; charset=utf-8",
          "webmanifest", "application/manifest+json");

  private MediaTypes() {}

  static boolean isKnown(String name) {
    return TYPES.containsKey(end(name));
  }

  /**
   * @throws IllegalStateException for a file that the client should not contain
   */
  static String of(String name) {
    String type = TYPES.get(end(name));
    if (type == null) {
      throw new IllegalStateException("No media type is known for " + name + ".");
    }
    return type;
  }

  private static String end(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
