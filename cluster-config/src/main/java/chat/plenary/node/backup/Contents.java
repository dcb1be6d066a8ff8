package chat.plenary.node.backup;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a copy says of itself, in a file that is written last.
 *
 * @param made when the copying began: everything that was accepted before is in it
 * @param version of Plenary that made it
 * @param commits number of the store's last commit in it
 * @param files all its other files
 */
record Contents(Instant made, String version, long commits, List<Piece> files) {
  private static final int FORMAT = 1;

  /** Some 100 bytes a file, of which a large store has thousands. */
  private static final long LARGEST = 64L << 20;

  /**
   * A file of a copy.
   *
   * @param path where it is in the copy, with slashes
   * @param bytes its size
   * @param sha256 its checksum, in hexadecimal digits
   */
  record Piece(String path, long bytes, String sha256) {}

  Contents {
    files = List.copyOf(files);
  }

  long bytes() {
    return files.stream().mapToLong(Piece::bytes).sum();
  }

  /** What is in it, for people. */
  String told() {
    return files.size()
        + " files, "
        + Progress.size(bytes())
        + ", commit "
        + commits
        + ", all that was accepted by "
        + made;
  }

  void write(FileChannel to) throws IOException {
    JsonArray pieces = new JsonArray();
    for (Piece piece : files) {
      pieces.add(
          new JsonObject()
              .put("path", piece.path())
              .put("bytes", piece.bytes())
              .put("sha256", piece.sha256()));
    }
    String text =
        new JsonObject()
            .put("format", FORMAT)
            .put("made", made.toString())
            .put("version", version)
            .put("commits", commits)
            .put("files", pieces)
            .encodePrettily();
    ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
    to.force(true);
  }

  /** Reads it, and trusts none of it: no file of it is outside of the copy. */
  static Contents read(Path file) throws BackupException {
    try {
      if (Files.size(file) > LARGEST) {
        throw new BackupException(file + " is larger than it can be.");
      }
      JsonObject json = new JsonObject(Files.readString(file));
      Object format = json.getValue("format");
      if (!Integer.valueOf(FORMAT).equals(format)) {
        throw new BackupException(
            file + " is of format " + format + "; this version of Plenary reads " + FORMAT + ".");
      }
      List<Piece> pieces = new ArrayList<>();
      for (Object one : json.getJsonArray("files")) {
        pieces.add(piece(file, (JsonObject) one));
      }
      return new Contents(
          Instant.parse(json.getString("made")),
          json.getString("version"),
          json.getLong("commits"),
          pieces);
    } catch (IOException
        | DecodeException
        | ClassCastException
        | DateTimeException
        | NullPointerException e) {
      throw new BackupException(file + " cannot be read as what a backup says of itself.", e);
    }
  }

  private static Piece piece(Path file, JsonObject json) throws BackupException {
    String path = json.getString("path");
    long bytes = json.getLong("bytes");
    String sha256 = json.getString("sha256");
    if (!path.matches("store/(db/)?[A-Za-z0-9][A-Za-z0-9._-]{0,200}")
        || bytes < 0
        || !sha256.matches("[0-9a-f]{64}")) {
      throw new BackupException(file + " names a file that no backup has: " + json.encode() + ".");
    }
    return new Piece(path, bytes, sha256);
  }
}
