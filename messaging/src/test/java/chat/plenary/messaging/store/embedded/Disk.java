package chat.plenary.messaging.store.embedded;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * A disk as it may be found after a power cut, made from recorded file operations. What a file's
 * {@code fsync} covered is there; of the pages written since, each is there or not; of the changes
 * to directories since the last {@code fsync} of one, the first few are there, as in a journal. A
 * file's own {@code fsync} makes no name durable, which is less than most file systems promise.
 */
final class Disk {
  private static final int PAGE = 4_096;
  private static final int O_CREAT = 0x40;
  private static final int O_TRUNC = 0x200;

  /** A recorded operation; see power-loss/record.c. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Operation(char kind, int fd, long a, byte[] bytes) {
    String path() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    String[] paths() {
      return path().split("\0");
    }
  }

  private interface NameChange {
    void apply(Map<String, Content> names);
  }

  private static final class Content {
    private byte[] now = new byte[0];
    private int size;
    private byte[] synced = new byte[0];
    private final TreeSet<Integer> dirty = new TreeSet<>();

    void write(long at, byte[] bytes) {
      int from = at < 0 ? size : (int) at;
      grow(from + bytes.length);
      System.arraycopy(bytes, 0, now, from, bytes.length);
      size = Math.max(size, from + bytes.length);
      for (int page = from / PAGE; page <= (from + bytes.length - 1) / PAGE; page++) {
        dirty.add(page);
      }
    }

    private void grow(int length) {
      if (length > now.length) {
        now = Arrays.copyOf(now, Math.max(length, now.length * 2));
      }
    }

    void truncate(int length) {
      grow(length);
      if (length < size) {
        Arrays.fill(now, length, size, (byte) 0);
      }
      size = length;
    }

    void sync() {
      synced = Arrays.copyOf(synced, size);
      for (int page : dirty) {
        int from = page * PAGE;
        if (from < size) {
          System.arraycopy(now, from, synced, from, Math.min(PAGE, size - from));
        }
      }
      dirty.clear();
    }

    byte[] afterPowerCut(Random random) {
      var found = size < synced.length && random.nextBoolean() ? cut(synced, size) : synced.clone();
      for (int page : dirty) {
        int from = page * PAGE;
        int end = Math.min(from + PAGE, size);
        if (random.nextBoolean() && from < end) {
          found = Arrays.copyOf(found, Math.max(found.length, end));
          System.arraycopy(now, from, found, from, end - from);
        }
      }
      return found;
    }

    private static byte[] cut(byte[] bytes, int length) {
      return Arrays.copyOf(bytes, length);
    }
  }

  private final Map<String, Content> names = new LinkedHashMap<>();
  private final Map<String, Content> syncedNames = new LinkedHashMap<>();
  private final List<NameChange> unsyncedNames = new ArrayList<>();
  private final Map<Integer, Content> files = new HashMap<>();

  /** Reads a record. */
  static List<Operation> read(Path record) throws IOException {
    var operations = new ArrayList<Operation>();
    try (var in =
        new DataInputStream(new java.io.BufferedInputStream(Files.newInputStream(record)))) {
      var head = new byte[17];
      while (true) {
        in.readFully(head);
        var fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        var bytes = new byte[fields.getInt(13)];
        in.readFully(bytes);
        operations.add(new Operation((char) head[0], fields.getInt(1), fields.getLong(5), bytes));
      }
    } catch (EOFException e) {
      return operations;
    }
  }

  void apply(Operation operation) {
    switch (operation.kind()) {
      case 'O' -> open(operation);
      case 'W' -> file(operation).write(operation.a(), operation.bytes());
      case 'T' -> file(operation).truncate((int) operation.a());
      case 'S' -> sync(operation);
      case 'R' -> {
        var paths = operation.paths();
        change(
            all -> {
              var moved = all.remove(paths[0]);
              if (moved != null) {
                all.put(paths[1], moved);
              }
            });
      }
      case 'L' -> {
        var paths = operation.paths();
        change(
            all -> {
              var linked = all.get(paths[0]);
              if (linked != null) {
                all.put(paths[1], linked);
              }
            });
      }
      case 'U' -> change(all -> all.remove(operation.path()));
      case 'M' -> {
        // A directory without files is not needed to tell anything.
      }
      default -> throw new IllegalArgumentException("kind " + operation.kind());
    }
  }

  private void open(Operation operation) {
    var path = operation.path();
    var found = names.get(path);
    if (found == null && (operation.a() & O_CREAT) != 0) {
      var made = new Content();
      found = made;
      change(all -> all.put(path, made));
    }
    if (found != null && (operation.a() & O_TRUNC) != 0) {
      found.truncate(0);
    }
    if (found == null) {
      files.remove(operation.fd());
    } else {
      files.put(operation.fd(), found);
    }
  }

  private Content file(Operation operation) {
    var found = files.get(operation.fd());
    if (found == null) {
      throw new IllegalStateException("an operation on a file that was not opened");
    }
    return found;
  }

  /** What is no file is a directory. */
  private void sync(Operation operation) {
    var file = files.get(operation.fd());
    if (file != null) {
      file.sync();
    } else {
      unsyncedNames.forEach(change -> change.apply(syncedNames));
      unsyncedNames.clear();
    }
  }

  private void change(NameChange change) {
    change.apply(names);
    unsyncedNames.add(change);
  }

  /** What is in a file now, as a process sees it. */
  String text(String path) {
    var file = names.get(path);
    return file == null ? "" : new String(file.now, 0, file.size, StandardCharsets.UTF_8);
  }

  /** Writes what is there after a power cut now of all below {@code from} to below {@code to}. */
  void cutPower(Random random, String from, Path to) throws IOException {
    var found = new LinkedHashMap<>(syncedNames);
    int kept = random.nextInt(unsyncedNames.size() + 1);
    unsyncedNames.subList(0, kept).forEach(change -> change.apply(found));
    for (var each : found.entrySet()) {
      if (each.getKey().startsWith(from + "/")) {
        var path = to.resolve(each.getKey().substring(from.length() + 1));
        Files.createDirectories(path.getParent());
        Files.write(path, each.getValue().afterPowerCut(random));
      }
    }
  }
}
