package chat.plenary.integrations.meeting;

import chat.plenary.integrations.meeting.jitsi.JitsiOptions;
import java.net.URI;

/** A Jitsi Meet server that takes no tokens. Nothing is asked of it, so there is none. */
public final class OpenJitsi {
  private OpenJitsi() {}

  public static JitsiOptions options() {
    return new JitsiOptions(
        "open",
        "Jitsi Meet",
        URI.create("https://meet.example.org"),
        "",
        "",
        "*",
        "what rooms are named by",
        10);
  }
}
