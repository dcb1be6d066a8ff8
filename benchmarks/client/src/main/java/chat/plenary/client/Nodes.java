package chat.plenary.client;

import java.net.URI;
import java.util.List;

/** The nodes of one server: one is used until it fails, then the next. Safe for threads. */
final class Nodes {
  private final List<URI> bases;
  private int current;

  /** Begins with the {@code first}, modulo their number. */
  Nodes(List<URI> bases, int first) {
    if (bases.isEmpty()) {
      throw new IllegalArgumentException("At least one base URL is needed.");
    }
    this.bases = List.copyOf(bases);
    this.current = Math.floorMod(first, bases.size());
  }

  static URI base(String url) {
    URI uri = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
      throw new IllegalArgumentException("A base URL is http(s)://host[:port], not " + url);
    }
    return uri;
  }

  List<URI> all() {
    return bases;
  }

  synchronized URI current() {
    return bases.get(current);
  }

  /** Moves on, unless somebody did already. */
  synchronized void failed(URI base) {
    if (bases.get(current).equals(base)) {
      current = (current + 1) % bases.size();
    }
  }
}
