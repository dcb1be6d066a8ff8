package chat.plenary.lab.history;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads a history from its beginning, one event at a time. */
public final class HistoryReader {

  private final DataInputStream in;
  private final List<String> texts = new ArrayList<>();

  private HistoryReader(InputStream in) {
    this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
  }

  /**
   * Gives every event to a consumer. A file whose last event is cut off, as when the lab itself was
   * killed, ends before that event.
   */
  public static void read(Path file, Consumer<Event> consumer) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      HistoryReader reader = new HistoryReader(bytes);
      if (reader.in.readInt() != HistoryWriter.MAGIC) {
        throw new IOException(file + " is not a history.");
      }
      int tag = reader.in.read();
      while (tag >= 0) {
        consumer.accept(reader.event(tag));
        tag = reader.in.read();
      }
    } catch (EOFException cutOff) {
      // What was cut off was never judged to have happened.
    }
  }

  private Event event(int tag) throws IOException {
    return switch (tag) {
      case Tag.SHOWN ->
          new Event.Shown(
              number(),
              small(),
              Tag.VIAS.get(small()),
              text(),
              number(),
              number(),
              text(),
              text(),
              raw(),
              in.readLong(),
              number(),
              number(),
              number(),
              texts(),
              texts());
      case Tag.INVOKED ->
          new Event.Invoked(
              number(),
              number(),
              Tag.ACTIONS.get(small()),
              text(),
              text(),
              text(),
              text(),
              raw(),
              in.readLong(),
              number());
      case Tag.RETURNED -> returned();
      case Tag.INBOX ->
          new Event.Inbox(
              number(), number(), small(), text(), text(), number(), number(), number(), number(),
              number());
      case Tag.LINKED ->
          new Event.Linked(number(), small(), Tag.LINKS.get(small()), text(), text());
      case Tag.START -> new Event.Start(text(), number(), text());
      case Tag.PERSON -> new Event.Person(text(), text());
      case Tag.MADE -> new Event.Made(text(), text(), in.readBoolean());
      case Tag.READER -> new Event.Reader(small(), text(), text());
      case Tag.FAULT ->
          new Event.Fault(number(), in.readBoolean(), in.readBoolean(), text(), text());
      default -> throw new IOException("There is no event of kind " + tag + " in a history.");
    };
  }

  private Event returned() throws IOException {
    long op = number();
    long at = number();
    Event.Outcome outcome = Tag.OUTCOMES.get(small());
    long seq = number();
    long m = number();
    return new Event.Returned(op, at, outcome, text(), seq, m);
  }

  private List<String> texts() throws IOException {
    int size = small();
    if (size == 0) {
      return List.of();
    }
    List<String> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(text());
    }
    return values;
  }

  private String text() throws IOException {
    int known = small();
    if (known > 0) {
      return texts.get(known - 1);
    }
    String value = raw();
    if (known == 0) {
      texts.add(value);
    }
    return value;
  }

  private String raw() throws IOException {
    byte[] bytes = in.readNBytes(small());
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private int small() throws IOException {
    return (int) number();
  }

  private long number() throws IOException {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = in.readUnsignedByte();
      value |= (next & 0x7fL) << shift;
      if ((next & 0x80) == 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
  }
}
