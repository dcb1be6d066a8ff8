package chat.plenary.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that the client is made of: its own files, and of its libraries the modules that it
 * reaches, under {@code vendor/}.
 *
 * @param contents bytes by name, such as {@code message/list.js}
 * @param modules what each module imports
 */
record Files(Map<String, byte[]> contents, Map<String, Modules.Imports> modules) {
  static final String START = "start.js";
  static final String INDEX = "index.html";
  private static final String FOLDER = "chat/plenary/web/client/";

  /** The client's libraries, by the names by which modules import them. */
  static final List<Vendor> VENDORS =
      List.of(
          new Vendor("lit", "lit", "index.js"),
          new Vendor("lit-html", "lit-html", "lit-html.js"),
          new Vendor("lit-element", "lit-element", "index.js"),
          new Vendor("@lit/reactive-element", "lit__reactive-element", "reactive-element.js"),
          new Vendor("marked", "marked", "lib/marked.esm.js"));

  static Files fromClassPath() {
    Map<String, byte[]> contents = new TreeMap<>();
    for (String name : ClassPath.list(FOLDER)) {
      if (MediaTypes.isKnown(name)) {
        contents.put(name, ClassPath.read(FOLDER + name));
      }
    }
    Map<String, Modules.Imports> modules = new TreeMap<>();
    Deque<String> open = new ArrayDeque<>();
    contents.keySet().stream().filter(Files::isModule).forEach(open::add);
    while (!open.isEmpty()) {
      String name = open.poll();
      if (modules.containsKey(name)) {
        continue;
      }
      byte[] bytes = contents.computeIfAbsent(name, Files::vendored);
      Modules.Imports imports = Modules.importsOf(name, new String(bytes, StandardCharsets.UTF_8));
      modules.put(name, imports);
      open.addAll(imports.now());
      open.addAll(imports.later());
    }
    return new Files(contents, modules);
  }

  /** The service worker is a script of its own, not a module of the page. */
  private static boolean isModule(String name) {
    return name.endsWith(".js") && !name.equals("sw.js");
  }

  private static byte[] vendored(String name) {
    for (Vendor vendor : VENDORS) {
      String folder = Modules.VENDOR + vendor.name() + "/";
      if (name.startsWith(folder)) {
        return vendor.read(name.substring(folder.length()));
      }
    }
    throw new IllegalStateException("A module imports " + name + ", which there is not.");
  }

  /** 96 bits over all names and contents, URL-safe. */
  String digest() {
    MessageDigest digest = Digests.sha256();
    contents.forEach(
        (name, bytes) -> {
          digest.update((name + "\0" + bytes.length + "\0").getBytes(StandardCharsets.UTF_8));
          digest.update(bytes);
        });
    String whole = Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    return whole.substring(0, 16);
  }
}
