package chat.plenary.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person's terminal: commands one after the other, in which variables and jobs live on. */
final class Shell implements AutoCloseable {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```\\n(.*?)^ *```");
  private static final String DONE = "--done--";

  private final Process process;
  private final Writer input;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  Shell(Path folder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "--norc").directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.equals("MONGODB_URI"));
    process = builder.start();
    input = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "shell output");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add(DONE);
    }
  }

  /** The commands of a page, block by block, without the indentation of the list they stand in. */
  static List<String> blocks(Path page) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher found = BLOCK.matcher(Files.readString(page));
    while (found.find()) {
      String indent = found.group(1);
      blocks.add(found.group(2).replaceAll("(?m)^" + indent, ""));
    }
    return blocks;
  }

  /** Runs commands to their end; what they printed. */
  String run(String commands) {
    try {
      input.write(commands + "\necho\necho " + DONE + "\n");
      input.flush();
      StringBuilder printed = new StringBuilder();
      long deadline = System.nanoTime() + NodeProcess.PATIENCE.toNanos();
      while (System.nanoTime() < deadline) {
        String line = lines.poll(1, TimeUnit.SECONDS);
        if (line != null && line.startsWith(DONE)) {
          return printed.toString();
        }
        if (line != null) {
          printed.append(line).append('\n');
        }
      }
      throw new AssertionError("no end of:\n" + commands + "\nprinted:\n" + printed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends it with all that it started. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
