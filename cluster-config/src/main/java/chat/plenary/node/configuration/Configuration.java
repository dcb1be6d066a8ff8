package chat.plenary.node.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All that can be set of a node. The annotations say what each setting means. */
public record Configuration(
    @Setting(
            value =
                "Address that the node listens on. 127.0.0.1 serves this machine only; 0.0.0.0 all networks.",
            otherwise = "127.0.0.1")
        String host,
    @Setting(
            value = "Port that the node listens on; 0 takes a free one.",
            otherwise = "8080",
            from = "0",
            to = "65535")
        int port,
    @Setting(
            value =
                "Folder of the embedded store. It is made where it does not exist. Not used with `mongodbUri`, save for `demo.json`.",
            otherwise = "data")
        Path data,
    @Setting(
            "The address that browsers use, such as `https://chat.example.org`: the one origin from which the live"
                + " connection is allowed. Without it: `http(s)://host:port`, and localhost where the host is 127.0.0.1.")
        @Nullable URI publicUrl,
    @Setting(
            value =
                "URI of the MongoDB replica set (or a compatible server) that keeps everything. Without it the node keeps"
                    + " everything itself, in `data`. The variable `MONGODB_URI` is understood too.",
            secret = true)
        @Nullable String mongodbUri,
    @Setting(
            value =
                "Fills an organisation for trying things out, and shows survey results from the first answer. Never for"
                    + " an organisation of real people.",
            otherwise = "false")
        boolean demo,
    @Setting(
            value =
                "Addresses or networks (CIDR) of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed."
                    + " Nobody's unless given.",
            otherwise = "")
        List<String> trustedProxies,
    @Setting(
            value =
                "Whoever shows this as a bearer token may make organisations beside the first one, 32 to 256 characters."
                    + " Nobody may without it.",
            secret = true)
        @Nullable String operatorToken,
    Tls tls,
    Cluster cluster,
    Store store,
    Groups groups,
    Requests requests,
    SignIn signIn,
    Routes routes,
    MeetingServices meetings,
    Engines interpretation,
    Metrics metrics,
    Logging logging) {

  /** Checks what the settings mean together. */
  public Configuration {
    trustedProxies = List.copyOf(trustedProxies);
    trustedProxies.forEach(proxy -> Values.network("trustedProxies", proxy));
    if (publicUrl != null) {
      checkOrigin(publicUrl);
    }
    if (operatorToken != null && !operatorToken.matches("[!-~]{32,256}")) {
      throw new IllegalArgumentException(
          "operatorToken: must have 32 to 256 characters of ASCII, without spaces");
    }
    if (cluster.on() && mongodbUri == null) {
      throw new IllegalArgumentException(
          "mongodbUri: a cluster needs a store that its nodes share; cluster.members is set, mongodbUri is not");
    }
    if (mongodbUri != null && !mongodbUri.matches("mongodb(\\+srv)?://.+")) {
      throw new IllegalArgumentException(
          "mongodbUri: must begin with mongodb:// or mongodb+srv://");
    }
  }

  /** For people; it never shows the store's URI, which may hold a password. */
  @Override
  public String toString() {
    return "Configuration["
        + host
        + ":"
        + port
        + ", "
        + (mongodbUri == null ? data : "MongoDB")
        + "]";
  }

  /** TLS of the node itself. Leave it empty where a proxy ends TLS. */
  public record Tls(
      @Setting("PEM file of the certificate, followed by its chain.") @Nullable Path certificate,
      @Setting("PEM file of the certificate's private key (PKCS#8).") @Nullable Path key) {
    public Tls {
      if ((certificate == null) != (key == null)) {
        throw new IllegalArgumentException(
            certificate == null
                ? "tls.certificate: must be given where tls.key is"
                : "tls.key: must be given where tls.certificate is");
      }
    }
  }

  /** How nodes find each other (Hazelcast over TCP/IP). Without members the node is alone. */
  public record Cluster(
      @Setting(
              value = "Name of the cluster; nodes of other names are not let in.",
              otherwise = "plenary")
          String name,
      @Setting(
              value =
                  "Address of this node in the network that the nodes share. That network must be closed to others:"
                      + " what nodes tell each other is not encrypted.",
              otherwise = "127.0.0.1")
          String host,
      @Setting(
              value = "Port on which this node hears the others.",
              otherwise = "5701",
              from = "1",
              to = "65535")
          int port,
      @Setting(
              value =
                  "Port on which this node takes what others send it (the event bus); 0 takes a free one.",
              otherwise = "0",
              from = "0",
              to = "65535")
          int busPort,
      @Setting(
              value =
                  "All nodes as `host:port`, this one may be among them. What is given here makes a cluster.",
              otherwise = "")
          List<String> members,
      @Setting(
              value =
                  "After what silence a node is taken for gone. Longer than any pause that is to be borne.",
              otherwise = "8 s",
              from = "2 s",
              to = "120 s")
          Duration patience) {
    public Cluster {
      members = List.copyOf(members);
      members.forEach(member -> Values.address("cluster.members", member));
      if (name.isBlank()) {
        throw new IllegalArgumentException("cluster.name: must not be empty");
      }
    }

    /** Whether the node is one of several. */
    public boolean on() {
      return !members.isEmpty();
    }
  }

  /** The embedded store. */
  public record Store(
      @Setting(
              value = "Memory for what was read and what is to be written.",
              otherwise = "128 MiB",
              from = "16 MiB",
              to = "64 GiB")
          Size memory) {}

  /** Groups and their messages. All nodes of a cluster must agree. */
  public record Groups(
      @Setting(
              value = "Members of a group, at the most.",
              otherwise = "2000",
              from = "2",
              to = "10000")
          int members,
      @Setting(
              value = "For how long senders may recall a message.",
              otherwise = "24 h",
              from = "0 s",
              to = "3650 d")
          Duration recall,
      @Setting(
              value = "For how long senders may edit a message.",
              otherwise = "24 h",
              from = "0 s",
              to = "3650 d")
          Duration edit) {}

  /** What is sent to the node. */
  public record Requests(
      @Setting(
              value = "Largest body of a request, and largest frame.",
              otherwise = "64 KiB",
              from = "32 KiB",
              to = "1 MiB")
          Size body) {}

  /** Signing in. */
  public record SignIn(
      @Setting(
              value = "Wrong passwords that one account takes in a row.",
              otherwise = "10",
              from = "1",
              to = "1000")
          int accountAttempts,
      @Setting(
              value = "After what time one more is allowed.",
              otherwise = "60 s",
              from = "1 s",
              to = "1 h")
          Duration accountRefill,
      @Setting(
              value =
                  "Failed attempts that one address makes in a row, over all accounts, on one node.",
              otherwise = "100",
              from = "1",
              to = "100000")
          int addressAttempts,
      @Setting(
              value = "After what time one more is allowed.",
              otherwise = "3 s",
              from = "1 ms",
              to = "1 h")
          Duration addressRefill,
      @Setting(
              value =
                  "Threads that compute password hashes (Argon2id, 19 MiB each while it computes).",
              otherwise = "2",
              from = "1",
              to = "16")
          int passwordWorkers,
      @Setting(
              value = "Computations that may wait for a thread; more are told to come again.",
              otherwise = "200",
              from = "1",
              to = "10000")
          int passwordQueue,
      @Setting(
              value = "How long an access token is good.",
              otherwise = "10 min",
              from = "1 min",
              to = "10 min")
          Duration accessToken,
      @Setting(
              value = "After what time without use a session ends.",
              otherwise = "30 d",
              from = "1 h",
              to = "400 d")
          Duration sessionIdle,
      @Setting(
              value = "How long a sign-in ticket is good.",
              otherwise = "24 h",
              from = "1 min",
              to = "7 d")
          Duration ticket) {}

  /** Routes of Apache Camel that the operator writes. All nodes are to have the same. */
  public record Routes(
      @Setting(
              "Folder of the operator's routes, YAML files that are watched. Whoever may write there may read every group that has"
                  + " a bot in it. None unless given.")
          @Nullable Path folder,
      @Setting(
              value = "What endpoints of routes may begin with.",
              otherwise = "direct,http,https,log,plenary,plenary-webhook,seda,timer")
          List<String> schemes,
      @Setting(
              value =
                  "Hosts that routes may call though they are in an inner network or on this machine: `crm.internal`,"
                      + " `10.1.2.3`, `*.example.org`, or `*` for all.",
              otherwise = "")
          List<String> hosts) {
    /** What endpoints can begin with at all. */
    private static final List<String> SCHEMES =
        List.of("direct", "http", "https", "log", "plenary", "plenary-webhook", "seda", "timer");

    public Routes {
      schemes = List.copyOf(schemes);
      hosts = List.copyOf(hosts);
      for (String scheme : schemes) {
        if (!SCHEMES.contains(scheme)) {
          throw new IllegalArgumentException(
              "routes.schemes: can be of " + String.join(", ", SCHEMES) + ": " + scheme);
        }
      }
    }
  }

  /** What is counted and timed, at {@code /metrics}. */
  public record Metrics(
      @Setting(
              value =
                  "Whoever shows this as a bearer token may read `/metrics` from anywhere, 16 characters or more. Without it"
                      + " only programs on the node's own machine may.",
              secret = true)
          @Nullable String token) {
    public Metrics {
      if (token != null && token.length() < 16) {
        throw new IllegalArgumentException("metrics.token: must have 16 characters or more");
      }
    }

    @Override
    public String toString() {
      return "Metrics";
    }
  }

  /** What is written to the log of the process (standard error). */
  public record Logging(
      @Setting(
              value = "From what weight on: `error`, `warn`, `info` or `debug`.",
              otherwise = "info")
          Level level,
      @Setting(
              value = "How a line is written: `text` for people, `json` for what collects logs.",
              otherwise = "text")
          Format format) {}

  /** Forms of lines of the process's log. */
  public enum Format {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Weights of lines of the process's log. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static void checkOrigin(URI url) {
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    String path = url.getRawPath();
    boolean bare =
        (path == null || path.isEmpty() || path.equals("/"))
            && url.getRawQuery() == null
            && url.getRawFragment() == null
            && url.getRawUserInfo() == null;
    if (!web || url.getHost() == null || !bare) {
      throw new IllegalArgumentException(
          "publicUrl: must be a scheme, a host and perhaps a port, such as https://chat.example.org");
    }
  }
}
