package chat.plenary.lab.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ejabberd as Debian packages it, with settings of the lab's own: its limits are lifted. */
final class Ejabberd {
  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final Pattern VERSION = Pattern.compile("\\{vsn,\\s*\"([^\"]+)\"}");
  private static final String SETTINGS =
      """
      loglevel: warning
      hosts: [localhost]
      auth_method: [internal]
      auth_password_format: plain
      registration_timeout: infinity
      listen:
        - {port: %d, ip: "127.0.0.1", module: ejabberd_c2s, starttls: false, max_stanza_size: 262144, shaper: none, access: all, backlog: 4096}
      shaper_rules: {max_user_sessions: infinity, max_user_offline_messages: 100}
      modules:
        mod_disco: {}
        mod_register: {access: all, ip_access: all}
        mod_mam: {db_type: mnesia, default: always, compress_xml: false}
        mod_muc:
          {db_type: mnesia, access: all, access_create: all, access_persistent: all, access_mam: all, max_users: 20000, max_users_presence: 100000,
           max_user_conferences: 100, min_message_interval: 0, min_presence_interval: 0, user_message_shaper: none, user_presence_shaper: none,
           default_room_options: {mam: true, persistent: true, public: true, max_users: 20000, presence_broadcast: []}}
        mod_roster: {}
      """;

  private Ejabberd() {}

  static XmppTarget start(Path folder) throws IOException, InterruptedException {
    Path home = home();
    Matcher version = VERSION.matcher(Files.readString(home.resolve("ebin/ejabberd.app")));
    int port = XmppTarget.freePort();
    Path settings = folder.resolve("ejabberd.yml");
    Files.writeString(settings, SETTINGS.formatted(port));
    String about =
        "ejabberd "
            + (version.find() ? version.group(1) : "of unknown version")
            + ", one node without distribution, kernel polling, XMPP over TCP, one room a group with archive (mod_mam in Mnesia: written without waiting for the disk), presence not broadcast, plain passwords, no shaper";
    return XmppTarget.start(
        "ejabberd",
        about,
        new ProcessBuilder(
            "erl",
            "-noinput",
            "-pa",
            home.resolve("ebin").toString(),
            "+K",
            "true",
            "+P",
            "250000",
            "-mnesia",
            "dir",
            "\"" + folder.resolve("db") + "\"",
            "-s",
            "ejabberd"),
        Map.of(
            "EJABBERD_CONFIG_PATH",
            settings.toString(),
            "EJABBERD_LOG_PATH",
            folder.resolve("ejabberd.log").toString(),
            "EJABBERD_PID_PATH",
            folder.resolve("ejabberd.pid").toString()),
        folder.resolve("ejabberd.out"),
        port);
  }

  /** Its folder is named by its version, below the machine's kind. */
  private static Path home() throws IOException {
    if (Files.isDirectory(LIBRARIES)) {
      try (DirectoryStream<Path> kinds = Files.newDirectoryStream(LIBRARIES, "*-linux-*")) {
        for (Path kind : kinds) {
          try (DirectoryStream<Path> found = Files.newDirectoryStream(kind, "ejabberd-*")) {
            for (Path one : found) {
              if (Files.isRegularFile(one.resolve("ebin/ejabberd.app"))) {
                return one;
              }
            }
          }
        }
      }
    }
    throw new NotInstalled("ejabberd is not installed (Debian: apt-get install ejabberd)");
  }
}
