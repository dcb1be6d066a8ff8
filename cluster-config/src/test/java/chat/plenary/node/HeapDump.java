package chat.plenary.node;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The live objects of a process, as {@code jcmd} writes them (HPROF 1.0.2). All that such a dump
 * has of texts and bytes is in arrays of bytes: texts of Latin letters as one byte a letter, others
 * as two, and buffers of the network.
 */
final class HeapDump {
  private static final int[] SIZES = {0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8};
  private static final int BYTES = 8;

  private final Path file;
  private final Consumer<byte[]> each;

  private HeapDump(Path file, Consumer<byte[]> each) {
    this.file = file;
    this.each = each;
  }

  /** Collects the garbage of a process, and hands over each array of bytes that is left. */
  static long read(NodeProcess node, Path file, Consumer<byte[]> each) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(node.pid()),
                "GC.heap_dump",
                "-all=false",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (jcmd.waitFor() != 0 || !Files.exists(file)) {
        throw new AssertionError("no dump: " + said);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new HeapDump(file, each).arrays();
  }

  private long arrays() throws IOException {
    long found = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
      while (in.readByte() != 0) {}
      if (in.readInt() != 8) {
        throw new IOException("only ids of 8 bytes are understood");
      }
      in.readLong();
      while (true) {
        int tag = in.read();
        if (tag < 0) {
          return found;
        }
        in.readInt();
        long length = in.readInt() & 0xffff_ffffL;
        if (tag == 0x0C || tag == 0x1C) {
          found += segment(in, length);
        } else {
          in.skipNBytes(length);
        }
      }
    }
  }

  private long segment(DataInputStream in, long length) throws IOException {
    long left = length;
    long found = 0;
    while (left > 0) {
      int kind = in.readUnsignedByte();
      left--;
      switch (kind) {
        case 0xFF, 0x05, 0x07 -> left -= skip(in, 8);
        case 0x01 -> left -= skip(in, 16);
        case 0x02, 0x03, 0x08 -> left -= skip(in, 16);
        case 0x04, 0x06 -> left -= skip(in, 12);
        case 0x20 -> left -= type(in);
        case 0x21 -> {
          skip(in, 20);
          left -= 24 + skip(in, in.readInt());
        }
        case 0x22 -> {
          skip(in, 12);
          long elements = in.readInt();
          left -= 16 + skip(in, 8 + 8 * elements);
        }
        case 0x23 -> {
          skip(in, 12);
          int elements = in.readInt();
          int element = in.readUnsignedByte();
          if (element == BYTES) {
            byte[] array = new byte[elements];
            in.readFully(array);
            each.accept(array);
            found++;
            left -= 17L + elements;
          } else {
            left -= 17 + skip(in, (long) elements * SIZES[element]);
          }
        }
        default -> throw new IOException("unknown part of a heap dump: " + kind);
      }
    }
    if (left != 0) {
      throw new IOException("a heap dump was misread");
    }
    return found;
  }

  /** A class: its constants, static fields and fields. */
  private static long type(DataInputStream in) throws IOException {
    long read = skip(in, 8 + 4 + 6 * 8 + 4);
    int constants = in.readUnsignedShort();
    read += 2;
    for (int i = 0; i < constants; i++) {
      read += skip(in, 2);
      read += value(in);
    }
    int statics = in.readUnsignedShort();
    read += 2;
    for (int i = 0; i < statics; i++) {
      read += skip(in, 8);
      read += value(in);
    }
    int fields = in.readUnsignedShort();
    return read + 2 + skip(in, fields * 9L);
  }

  private static long value(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte();
    return 1 + skip(in, type == 2 ? 8 : SIZES[type]);
  }

  private static long skip(DataInputStream in, long bytes) throws IOException {
    try {
      in.skipNBytes(bytes);
    } catch (EOFException e) {
      throw new IOException("a heap dump was cut off", e);
    }
    return bytes;
  }
}
