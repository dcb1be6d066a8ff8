package chat.plenary.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What the page may load and run: its own files, one inline import map by its hash, no HTML from
 * strings.
 */
final class ContentPolicy {
  private ContentPolicy() {}

  /**
   * @param importMap the text between the tags of the only inline script
   */
  static String withScript(String importMap) {
    byte[] hash = Digests.sha256(importMap.getBytes(StandardCharsets.UTF_8));
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types lit-html plenary");
  }
}
