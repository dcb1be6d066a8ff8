package chat.plenary.integrations.route;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a folder of routes, as they stand just now. */
final class Folder {
  /** Where secrets are that routes name: {@code NAME=value}, a line each. */
  static final String SECRETS = "secrets.properties";

  private static final int MAX_FILES = 200;
  private static final int MAX_BYTES = 4 * RouteText.MAX_TEXT;

  private final Path path;

  Folder(Path path) {
    this.path = path;
  }

  /**
   * What there is.
   *
   * @param texts texts by the names of their files
   * @param unreadable why a file cannot be read, by its name
   * @param secrets secrets by name
   */
  record Content(
      Map<String, String> texts, Map<String, String> unreadable, Map<String, String> secrets) {}

  /** Reads all; fails where the folder itself cannot be read, which says nothing of its files. */
  Content read() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(path)) {
      files =
          all.filter(file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
              .sorted()
              .toList();
    }
    Map<String, String> texts = new TreeMap<>();
    Map<String, String> unreadable = new TreeMap<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (texts.size() + unreadable.size() >= MAX_FILES) {
        unreadable.put(name, "A folder has at most " + MAX_FILES + " files; this one is beyond.");
      } else if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
        unreadable.put(
            name, "The name of a file has 5 to 100 of letters, digits, '.', '_' and '-'.");
      } else {
        read(file, name, texts, unreadable);
      }
    }
    return new Content(texts, unreadable, secrets());
  }

  private static void read(
      Path file, String name, Map<String, String> texts, Map<String, String> unreadable) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        unreadable.put(name, "The file is too large.");
      } else {
        texts.put(name, Files.readString(file));
      }
    } catch (CharacterCodingException e) {
      unreadable.put(name, "The file is not UTF-8.");
    } catch (IOException e) {
      unreadable.put(name, "The file cannot be read.");
    }
  }

  private Map<String, String> secrets() throws IOException {
    Path file = path.resolve(SECRETS);
    Map<String, String> secrets = new TreeMap<>();
    if (Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES) {
      Properties read = new Properties();
      try {
        read.load(new StringReader(Files.readString(file)));
      } catch (IllegalArgumentException e) {
        throw new IOException(SECRETS + " cannot be read", e);
      }
      read.stringPropertyNames().forEach(name -> secrets.put(name, read.getProperty(name)));
    }
    return secrets;
  }
}
