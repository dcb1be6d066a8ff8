package chat.plenary.integrations.meeting.bigbluebutton;

import chat.plenary.integrations.meeting.wire.Checks;
import chat.plenary.integrations.meeting.wire.Line;
import java.net.URI;

/**
 * Settings of a BigBlueButton server.
 *
 * @param name the provider's name, 1 to 32 of {@code a-z0-9-}
 * @param title what people call it, 1 to 64 characters
 * @param base where its API is, such as {@code https://bbb.example.org/bigbluebutton/api}
 * @param secret the shared secret, 8 to 256 characters
 * @param checksum which hash the server takes
 * @param hooks whether the server has bbb-webhooks, so that it tells what happens
 * @param callback where hooks are to be posted: this provider's webhook address
 * @param record whether meetings may be recorded
 * @param limits how the API is called
 */
public record BigBlueButtonOptions(
    String name,
    String title,
    URI base,
    String secret,
    Checksum checksum,
    boolean hooks,
    URI callback,
    boolean record,
    Line.Limits limits) {

  public BigBlueButtonOptions {
    Checks.name(name);
    Checks.text("title", title, 1, 64);
    base = Checks.base("base", base);
    Checks.text("secret", secret, 8, 256);
    callback = Checks.base("callback", callback);
  }

  /** Hashes that servers take. */
  public enum Checksum {
    SHA1("SHA-1"),
    SHA256("SHA-256"),
    SHA384("SHA-384"),
    SHA512("SHA-512");

    private final String algorithm;

    Checksum(String algorithm) {
      this.algorithm = algorithm;
    }

    String algorithm() {
      return algorithm;
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "BigBlueButtonOptions[name=" + name + ", base=" + base + ", checksum=" + checksum + "]";
  }
}
