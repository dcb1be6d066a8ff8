package chat.plenary.node.demo;

import chat.plenary.node.files.OwnersOnly;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** {@code demo.json}: what programs need to know of the demonstration; for its owner's eyes. */
public final class DemoFile {
  private DemoFile() {}

  /** What the file says: the facts with full addresses. */
  public static JsonObject of(JsonObject facts, String baseUrl) {
    JsonArray hooks = new JsonArray();
    for (Object one : facts.getJsonArray("hooks")) {
      JsonObject hook = ((JsonObject) one).copy();
      hooks.add(hook.put("url", baseUrl + hook.getString("url")));
    }
    JsonObject file = new JsonObject().put("baseUrl", baseUrl);
    facts.forEach(fact -> file.put(fact.getKey(), fact.getValue()));
    return file.put("hooks", hooks);
  }

  /** Writes the file whole or not at all, readable by its owner only; the same again is left. */
  public static Path write(Path folder, JsonObject content) throws IOException {
    Path file = folder.resolve("demo.json");
    String text = content.encodePrettily() + "\n";
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return file;
    }
    Files.createDirectories(folder);
    Path fresh = folder.resolve("demo.json.new");
    Files.deleteIfExists(fresh);
    create(fresh, text);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return file;
  }

  private static void create(Path file, String text) throws IOException {
    try (FileChannel channel = OwnersOnly.create(file)) {
      channel.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    } catch (FileAlreadyExistsException e) {
      throw new IOException("another process writes " + file + " at the same time", e);
    }
  }
}
