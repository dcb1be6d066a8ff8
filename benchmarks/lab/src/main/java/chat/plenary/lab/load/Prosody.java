package chat.plenary.lab.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Prosody as Debian packages it, with settings of the lab's own. */
final class Prosody {
  private static final Path COMMAND = Path.of("/usr/bin/prosody");
  private static final Path VERSION = Path.of("/usr/lib/prosody/prosody.version");
  private static final String SETTINGS =
      """
      pidfile = "%1$s/prosody.pid"
      data_path = "%1$s/data"
      run_as_root = true
      daemonize = false
      network_backend = "epoll"
      network_settings = {tcp_backlog = 1024}
      interfaces = {"127.0.0.1"}
      c2s_interfaces = {"127.0.0.1"}
      c2s_ports = {%2$d}
      s2s_ports = {} http_ports = {} https_ports = {} legacy_ssl_ports = {} c2s_direct_tls_ports = {}
      modules_disabled = {"s2s", "tls", "posix", "offline"}
      modules_enabled = {"roster", "saslauth", "disco", "register_ibr"}
      allow_registration = true
      c2s_require_encryption = false
      allow_unencrypted_plain_auth = true
      log = {warn = "%1$s/prosody.log"}
      gc = {mode = "generational"}
      storage = "internal"
      VirtualHost "localhost"
        authentication = "internal_plain"
      Component "conference.localhost" "muc"
        modules_enabled = {"muc_mam"}
        muc_log_by_default = true
        muc_log_presences = false
        muc_room_default_persistent = true
        muc_room_default_public = true
        muc_room_default_presence_broadcast = {visitor = false, participant = false, moderator = false}
        muc_room_locking = false
        restrict_room_creation = false
        max_history_messages = 20
      """;

  private Prosody() {}

  static XmppTarget start(Path folder) throws IOException, InterruptedException {
    if (!Files.isExecutable(COMMAND)) {
      throw new NotInstalled("Prosody is not installed (Debian: apt-get install prosody)");
    }
    String version =
        Files.isReadable(VERSION) ? Files.readString(VERSION).strip() : "of unknown version";
    int port = XmppTarget.freePort();
    Path settings = folder.resolve("prosody.cfg.lua");
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(settings, SETTINGS.formatted(folder, port));
    return XmppTarget.start(
        "Prosody",
        "Prosody "
            + version
            + ", epoll, generational collection (the faster of its two kinds), XMPP over TCP, one room a group with archive (muc_mam in files: written without waiting for the disk), presence not broadcast, plain passwords",
        new ProcessBuilder(COMMAND.toString(), "--config", settings.toString(), "-F"),
        Map.of(),
        folder.resolve("prosody.out"),
        port);
  }
}
