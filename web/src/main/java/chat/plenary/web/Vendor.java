package chat.plenary.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * A library of the client, as it lies in its Maven artifact.
 *
 * @param name by which modules import it
 * @param artifact the artifact of {@code org.webjars.npm}
 * @param entry its main module
 */
record Vendor(String name, String artifact, String entry) {

  /** Its version, as the artifact itself tells: the parent POM is the one place that chooses it. */
  String version() {
    String path = "META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties";
    try (InputStream in = Vendor.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("The artifact " + artifact + " is not on the class path.");
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One of its files.
   *
   * @throws IllegalStateException when it has none of this name
   */
  byte[] read(String file) {
    return ClassPath.read("META-INF/resources/webjars/" + artifact + "/" + version() + "/" + file);
  }
}
