package chat.plenary.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one page, filled in: addresses with the digest, the import map, and which modules to fetch at
 * once instead of one after the other.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record IndexPage(byte[] html, String importMap, List<String> modules) {

  static IndexPage of(Files files, String base) {
    String importMap = importMap(base);
    List<String> modules =
        Modules.reachableFrom(Files.START, files.modules()).stream()
            .map(name -> base + "/" + name)
            .toList();
    String preloads =
        modules.stream()
            .map(address -> "<link rel=\"modulepreload\" href=\"" + address + "\">")
            .collect(Collectors.joining("\n"));
    String html =
        new String(file(files, Files.INDEX), StandardCharsets.UTF_8)
            .replace("{base}", base)
            .replace("{importmap}", importMap)
            .replace("{preloads}", preloads);
    return new IndexPage(html.getBytes(StandardCharsets.UTF_8), importMap, modules);
  }

  private static byte[] file(Files files, String name) {
    byte[] bytes = files.contents().get(name);
    if (bytes == null) {
      throw new IllegalStateException("The client has no " + name + ".");
    }
    return bytes;
  }

  /** JSON; names and addresses hold nothing that would need escaping. */
  private static String importMap(String base) {
    return Files.VENDORS.stream()
        .flatMap(
            vendor -> {
              String folder = base + "/" + Modules.VENDOR + vendor.name() + "/";
              return Stream.of(
                  "\"" + vendor.name() + "\":\"" + folder + vendor.entry() + "\"",
                  "\"" + vendor.name() + "/\":\"" + folder + "\"");
            })
        .collect(Collectors.joining(",", "{\"imports\":{", "}}"));
  }
}
