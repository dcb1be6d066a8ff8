package chat.plenary.lab.fault;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network of hosts of the lab's own: a namespace each, joined by a bridge. Nothing of it leaves
 * this machine. What one host sends to another can be lost without a sign, in one direction or
 * both.
 */
public final class Network implements Closeable {
  private static final String NOWHERE = "02:00:00:00:00:fe";

  private final String tag;
  private final String subnet;
  private final List<String> hosts = new ArrayList<>();

  private Network(String tag, String subnet) {
    this.tag = tag;
    this.subnet = subnet;
  }

  /** Makes a network, or null where the system does not let this user. */
  static @Nullable Network open(int hosts) throws InterruptedException {
    long pid = ProcessHandle.current().pid();
    Network network = new Network("pl" + pid % 100_000, "10.213." + (1 + pid % 250) + ".");
    try {
      network.make(hosts);
      return network;
    } catch (IOException notAllowed) {
      network.close();
      return null;
    }
  }

  private void make(int count) throws IOException, InterruptedException {
    Shell.run("ip", "link", "add", tag, "type", "bridge");
    Shell.run("ip", "addr", "add", gateway() + "/24", "dev", tag);
    Shell.run("ip", "link", "set", tag, "up");
    for (int i = 0; i < count; i++) {
      String name = tag + "n" + i;
      hosts.add(name);
      Shell.run("ip", "netns", "add", name);
      Shell.run("ip", "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name);
      Shell.run("ip", "link", "set", name, "master", tag);
      Shell.run("ip", "link", "set", name, "up");
      in(i, "addr", "add", address(i) + "/24", "dev", "eth0");
      in(i, "link", "set", "eth0", "up");
      in(i, "link", "set", "lo", "up");
    }
  }

  /** The lab's own address, where proxies listen. */
  String gateway() {
    return subnet + "1";
  }

  String address(int host) {
    return subnet + (11 + host);
  }

  /** What stands before a command so that it runs on a host. */
  List<String> on(int host) {
    return List.of("ip", "netns", "exec", hosts.get(host));
  }

  /** Loses all that a host sends to another from now on. */
  void lose(int from, int to) throws IOException, InterruptedException {
    in(from, "neigh", "replace", address(to), "lladdr", NOWHERE, "dev", "eth0", "nud", "permanent");
  }

  /** Loses nothing any more of what a host sends to another. */
  void restore(int from, int to) {
    List<String> command = new ArrayList<>(on(from));
    command.addAll(List.of("ip", "neigh", "del", address(to), "dev", "eth0"));
    Shell.attempt(command.toArray(String[]::new));
  }

  void heal() {
    for (int from = 0; from < hosts.size(); from++) {
      for (int to = 0; to < hosts.size(); to++) {
        if (from != to) {
          restore(from, to);
        }
      }
    }
  }

  private void in(int host, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(on(host));
    command.add("ip");
    command.addAll(List.of(arguments));
    Shell.run(command.toArray(String[]::new));
  }

  @Override
  public void close() {
    for (String host : hosts) {
      Shell.attempt("ip", "link", "del", host);
      Shell.attempt("ip", "netns", "del", host);
    }
    Shell.attempt("ip", "link", "del", tag);
  }
}
