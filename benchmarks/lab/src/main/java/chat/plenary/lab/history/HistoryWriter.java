package chat.plenary.lab.history;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a history. Events stand in the order in which they were added; whoever adds one took its
 * time before asking, and after being answered. Safe for threads.
 */
public final class HistoryWriter implements AutoCloseable {
  static final int MAGIC = 0x504c4831;
  private static final int MAX_TEXTS = 200_000;

  private final DataOutputStream out;
  private final Map<String, Integer> texts = new HashMap<>();
  private long written;

  private HistoryWriter(OutputStream out) throws IOException {
    this.out = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
    this.out.writeInt(MAGIC);
  }

  /** Begins a file; one that exists is replaced. */
  public static HistoryWriter create(Path file) throws IOException {
    return new HistoryWriter(Files.newOutputStream(file));
  }

  /** How many events were added. */
  public synchronized long written() {
    return written;
  }

  public synchronized void add(Event event) {
    try {
      write(event);
      written++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Event event) throws IOException {
    if (event instanceof Event.Shown shown) {
      shown(shown);
    } else if (event instanceof Event.Invoked invoked) {
      invoked(invoked);
    } else if (event instanceof Event.Returned returned) {
      out.writeByte(Tag.RETURNED);
      numbers(returned.op(), returned.at(), Tag.OUTCOMES.indexOf(returned.outcome()));
      numbers(returned.seq(), returned.m());
      text(returned.detail());
    } else if (event instanceof Event.Inbox inbox) {
      inbox(inbox);
    } else if (event instanceof Event.Linked linked) {
      out.writeByte(Tag.LINKED);
      numbers(linked.at(), linked.reader(), Tag.LINKS.indexOf(linked.link()));
      text(linked.node());
      text(linked.why());
    } else if (event instanceof Event.Start start) {
      out.writeByte(Tag.START);
      text(start.scenario());
      number(start.seed());
      text(start.note());
    } else if (event instanceof Event.Person person) {
      out.writeByte(Tag.PERSON);
      text(person.account());
      text(person.organisation());
    } else if (event instanceof Event.Made made) {
      out.writeByte(Tag.MADE);
      text(made.conversation());
      text(made.organisation());
      out.writeBoolean(made.history());
    } else if (event instanceof Event.Reader reader) {
      out.writeByte(Tag.READER);
      number(reader.reader());
      text(reader.account());
      text(reader.device());
    } else if (event instanceof Event.Fault fault) {
      out.writeByte(Tag.FAULT);
      number(fault.at());
      out.writeBoolean(fault.begins());
      out.writeBoolean(fault.stop());
      text(fault.node());
      text(fault.what());
    }
  }

  private void invoked(Event.Invoked invoked) throws IOException {
    out.writeByte(Tag.INVOKED);
    numbers(invoked.op(), invoked.at(), Tag.ACTIONS.indexOf(invoked.action()));
    text(invoked.account());
    text(invoked.path());
    text(invoked.node());
    text(invoked.conversation());
    raw(invoked.ref());
    out.writeLong(invoked.digest());
    number(invoked.target());
  }

  private void shown(Event.Shown shown) throws IOException {
    out.writeByte(Tag.SHOWN);
    numbers(shown.at(), shown.reader(), Tag.VIAS.indexOf(shown.via()));
    text(shown.conversation());
    numbers(shown.seq(), shown.m());
    text(shown.kind());
    text(shown.sender());
    raw(shown.ref());
    out.writeLong(shown.digest());
    numbers(shown.target(), shown.edited(), shown.recalled());
    texts(shown.added());
    texts(shown.removed());
  }

  private void inbox(Event.Inbox inbox) throws IOException {
    out.writeByte(Tag.INBOX);
    numbers(inbox.began(), inbox.at(), inbox.reader());
    text(inbox.conversation());
    text(inbox.role());
    numbers(inbox.head(), inbox.headM());
    numbers(inbox.position(), inbox.positionM(), inbox.unread());
  }

  private void texts(List<String> values) throws IOException {
    number(values.size());
    for (String value : values) {
      text(value);
    }
  }

  /** A text that comes again and again is written once. */
  private void text(String value) throws IOException {
    Integer known = texts.get(value);
    if (known != null) {
      number(known + 1L);
      return;
    }
    boolean kept = texts.size() < MAX_TEXTS;
    number(kept ? 0 : -1);
    raw(value);
    if (kept) {
      texts.put(value, texts.size());
    }
  }

  private void raw(String value) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    out.write(bytes);
  }

  private void numbers(long... values) throws IOException {
    for (long value : values) {
      number(value);
    }
  }

  /** Small ones are short, negative ones too. */
  private void number(long value) throws IOException {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
