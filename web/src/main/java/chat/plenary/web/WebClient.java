package chat.plenary.web;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a node answers to a browser outside of {@code /api}. Immutable and safe for any thread: all
 * files are read once, at opening (less than 2 MB).
 */
public final class WebClient {
  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String ASK_AGAIN = "no-cache";
  private static final String NEVER = "no-store";

  /**
   * Of what browsers guard, the client uses the microphone alone: for the captions of a meeting.
   */
  private static final String PERMISSIONS =
      "camera=(), display-capture=(), geolocation=(), microphone=(self), payment=(), usb=()";

  /** First parts of the addresses of the client's own screens. */
  private static final Set<String> SCREENS =
      Set.of("", "c", "people", "meetings", "surveys", "me", "setup", "sign-in");

  /** Files that browsers want at an address that does not change. */
  private static final String ICONS = "icons/";

  private static final Set<String> FIXED = Set.of("sw.js", "manifest.webmanifest");

  private final String digest;
  private final String policy;
  private final List<String> firstModules;
  private final Map<String, Page> pages;
  private final Page index;

  private WebClient(Files files) {
    this.digest = files.digest();
    String base = "/v/" + digest;
    IndexPage page = IndexPage.of(files, base);
    this.policy = ContentPolicy.withScript(page.importMap());
    this.firstModules = page.modules();
    this.index = new Page("text/html; charset=utf-8", page.html(), headers(NEVER));
    Map<String, Page> all = new HashMap<>();
    files
        .contents()
        .forEach(
            (name, bytes) -> {
              String type = MediaTypes.of(name);
              all.put(base + "/" + name, new Page(type, bytes, headers(FOREVER)));
              if (FIXED.contains(name) || name.startsWith(ICONS)) {
                all.put("/" + name, new Page(type, bytes, headers(ASK_AGAIN)));
              }
            });
    this.pages = Map.copyOf(all);
  }

  /**
   * Reads the client from the class path.
   *
   * @throws IllegalStateException when a file is missing, or a module imports one that is
   */
  public static WebClient open() {
    return new WebClient(Files.fromClassPath());
  }

  /**
   * The answer to a GET or HEAD.
   *
   * @param path the decoded path of the request, beginning with a slash
   * @return empty where there is nothing: the server's 404
   */
  public Optional<Page> find(String path) {
    Page page = pages.get(path);
    if (page != null) {
      return Optional.of(page);
    }
    return isScreen(path) ? Optional.of(index) : Optional.empty();
  }

  private static boolean isScreen(String path) {
    if (!path.startsWith("/") || path.contains("..") || path.contains("//")) {
      return false;
    }
    int end = path.indexOf('/', 1);
    return SCREENS.contains(end < 0 ? path.substring(1) : path.substring(1, end));
  }

  /** The page of the client with its import map. */
  public byte[] index() {
    return index.body();
  }

  /** Names the content of all files: changes when any of them does. URL-safe. */
  public String digest() {
    return digest;
  }

  /** The value of {@code Content-Security-Policy}, the same for every page. */
  public String contentSecurityPolicy() {
    return policy;
  }

  /** Addresses of the modules that are loaded before the first message, in the page's order. */
  public List<String> firstModules() {
    return firstModules;
  }

  private Map<String, String> headers(String caching) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("cache-control", caching);
    headers.put("content-security-policy", policy);
    headers.put("x-content-type-options", "nosniff");
    headers.put("referrer-policy", "no-referrer");
    headers.put("permissions-policy", PERMISSIONS);
    headers.put("cross-origin-opener-policy", "same-origin");
    headers.put("cross-origin-resource-policy", "same-origin");
    return Map.copyOf(headers);
  }
}
