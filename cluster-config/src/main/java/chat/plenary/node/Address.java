package chat.plenary.node;

import chat.plenary.node.configuration.Configuration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Where a node is reached.
 *
 * @param host what it listens on
 * @param port the port; a free one was taken where 0 was given
 * @param publicUrl what browsers use, without a slash at its end
 * @param origins of which pages the live connection is allowed
 */
record Address(String host, int port, String publicUrl, Set<String> origins) {
  Address {
    origins = Set.copyOf(origins);
  }

  static Address of(Configuration configuration) {
    String host = configuration.host();
    int port = configuration.port() == 0 ? freePort(host) : configuration.port();
    URI given = configuration.publicUrl();
    if (given != null) {
      String url = given.toString().replaceAll("/$", "");
      return new Address(host, port, url, Set.of(origin(given)));
    }
    String scheme = configuration.tls().certificate() == null ? "http" : "https";
    Set<String> names = new LinkedHashSet<>();
    if (Set.of("127.0.0.1", "localhost", "::1", "0.0.0.0", "::").contains(host)) {
      names.add("127.0.0.1");
      names.add("localhost");
    } else {
      names.add(host.contains(":") ? "[" + host + "]" : host);
    }
    Set<String> origins = new LinkedHashSet<>();
    names.forEach(name -> origins.add(origin(URI.create(scheme + "://" + name + ":" + port))));
    return new Address(host, port, origins.iterator().next(), origins);
  }

  /** Whether others than this machine can reach the node, as far as it alone decides. */
  boolean isOpen() {
    return !Set.of("127.0.0.1", "localhost", "::1").contains(host);
  }

  /** As browsers write it: without the port that the scheme has anyway, in lower case. */
  private static String origin(URI url) {
    String scheme = String.valueOf(url.getScheme());
    int usual = scheme.equals("https") ? 443 : 80;
    String port = url.getPort() < 0 || url.getPort() == usual ? "" : ":" + url.getPort();
    return (scheme + "://" + url.getHost() + port).toLowerCase(java.util.Locale.ROOT);
  }

  /** The addresses of hooks and links name the port before the server listens on it. */
  static int freePort(String host) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw Failure.of("No free port was found at " + host + ": " + e.getMessage() + ".");
    }
  }
}
