package chat.plenary.integrations.meeting.jitsi;

import chat.plenary.integrations.meeting.wire.Checks;
import java.net.URI;

/**
 * Settings of a Jitsi Meet server.
 *
 * @param name the provider's name, 1 to 32 of {@code a-z0-9-}
 * @param title what people call it, 1 to 64 characters
 * @param base where the server is, such as {@code https://meet.example.org}
 * @param appId the server's {@code app_id}; empty for a server that takes no tokens
 * @param appSecret its {@code app_secret}; with an {@code appId} 8 to 256 characters, else empty
 * @param domain the {@code sub} of tokens: the server's domain or tenant, or {@code *}
 * @param roomSecret what names of rooms are made from, 16 to 256 characters; to be kept, since with
 *     another one meetings that stand are in other rooms
 * @param linkMinutes how long a signed link lets somebody in, 1 to 1440
 */
public record JitsiOptions(
    String name,
    String title,
    URI base,
    String appId,
    String appSecret,
    String domain,
    String roomSecret,
    int linkMinutes) {

  public JitsiOptions {
    Checks.name(name);
    Checks.text("title", title, 1, 64);
    base = Checks.base("base", base);
    Checks.text("appId", appId, 0, 128);
    Checks.text("appSecret", appSecret, appId.isEmpty() ? 0 : 8, appId.isEmpty() ? 0 : 256);
    Checks.text("domain", domain, 1, 253);
    Checks.text("roomSecret", roomSecret, 16, 256);
    Checks.range("linkMinutes", linkMinutes, 1, 1_440);
  }

  /** Whether the server takes tokens. */
  boolean signed() {
    return !appId.isEmpty();
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "JitsiOptions[name=" + name + ", base=" + base + ", appId=" + appId + "]";
  }
}
