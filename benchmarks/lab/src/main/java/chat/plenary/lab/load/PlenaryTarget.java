package chat.plenary.lab.load;

import chat.plenary.client.Directory;
import chat.plenary.client.Plenary;
import chat.plenary.client.ProblemException;
import chat.plenary.client.Session;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Plenary, where every message is kept as always: its people, groups and connections. */
final class PlenaryTarget implements Target {
  private static final String PASSWORD = "measure it yourself";
  private static final int BATCH = 499;
  private static final int AT_ONCE = 32;
  private static final int SECONDS = 60;

  private final PlenaryNodes nodes;
  private final Plenary client;
  private final Session owner;
  final Rest rest;
  private String[] accounts = {};
  private String[] tokens = {};
  private String[] conversations = {};
  private int[] groups = {};

  private PlenaryTarget(PlenaryNodes nodes, Plenary client, Session owner) {
    this.nodes = nodes;
    this.client = client;
    this.owner = owner;
    this.rest = new Rest(nodes.url(0));
  }

  /** Nodes that were started, whose first organisation is made here. */
  static PlenaryTarget of(PlenaryNodes nodes) throws Exception {
    Plenary client = Plenary.at(List.of(nodes.url(0)), Duration.ofSeconds(30), 2);
    try {
      get(client.setUp(nodes.setUpToken(), "Load", "owner", "Olga Owner", PASSWORD));
      return new PlenaryTarget(nodes, client, get(client.signIn(null, "owner", PASSWORD)));
    } catch (Exception e) {
      client.close();
      nodes.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return nodes.name();
  }

  @Override
  public String about() {
    return nodes.about();
  }

  @Override
  public long pid() {
    return nodes.pid(0);
  }

  @Override
  public Usage usage() throws IOException {
    Usage all = new Usage(0, 0);
    for (int i = 0; i < nodes.count(); i++) {
      all = all.plus(Usage.of(nodes.pid(i)));
    }
    return all;
  }

  @Override
  public InetSocketAddress address() {
    return nodes.address(0);
  }

  @Override
  public void collect() throws IOException, InterruptedException {
    for (int i = 0; i < nodes.count(); i++) {
      Usage.collect(nodes.pid(i));
    }
  }

  @Override
  public Seat seat(Member member) {
    int i = member.number;
    // Members of each group are spread over all nodes.
    return new PlenarySeat(
        nodes.address(i % nodes.count()),
        member,
        tokens[i],
        conversations[groups[i]],
        nodes.trusting());
  }

  /** The access token of a member. */
  String token(int member) {
    return tokens[member];
  }

  /** The id of a group's conversation. */
  String conversation(int group) {
    return conversations[group];
  }

  /** A group of two is a direct conversation. */
  @Override
  public void prepare(int[] wanted) throws Exception {
    groups = wanted.clone();
    int people = groups.length;
    accounts = new String[people];
    tokens = new String[people];
    Directory directory = owner.directory();
    for (int from = 0; from < people; from += BATCH) {
      List<Directory.NewMember> some = new ArrayList<>();
      for (int i = from; i < Math.min(people, from + BATCH); i++) {
        some.add(new Directory.NewMember("user" + i, "User " + i, null, null));
      }
      List<Directory.Added> added = get(directory.add(some));
      for (int i = 0; i < added.size(); i++) {
        String id = added.get(i).id();
        if (id == null) {
          throw new IOException("A member was not added: " + added.get(i).problem());
        }
        accounts[from + i] = id;
      }
    }
    each(
        people,
        i ->
            patiently(() -> directory.tickets(accounts[i], 1))
                .thenCompose(made -> signIn(i, made.get(0))));
    makeGroups();
  }

  private CompletableFuture<Void> signIn(int member, String ticket) {
    return rest.json("POST", "/sign-in/ticket", null, "{\"ticket\":\"" + ticket + "\"}")
        .thenAccept(answer -> tokens[member] = answer.path("accessToken").asText());
  }

  private void makeGroups() throws Exception {
    Map<Integer, List<String>> members = new LinkedHashMap<>();
    int[] first = new int[Arrays.stream(groups).max().orElse(0) + 1];
    for (int i = groups.length - 1; i >= 0; i--) {
      members.computeIfAbsent(groups[i], group -> new ArrayList<>()).add(accounts[i]);
      first[groups[i]] = i;
    }
    conversations = new String[first.length];
    each(
        first.length,
        group -> {
          List<String> all = members.getOrDefault(group, List.of());
          return all.size() == 2 ? direct(group, first[group], all) : group(group, all);
        });
  }

  private CompletableFuture<Void> direct(int group, int creator, List<String> both) {
    String with = both.get(0).equals(accounts[creator]) ? both.get(1) : both.get(0);
    String request = "{\"ref\":\"begin\",\"kind\":\"direct\",\"with\":\"" + with + "\"}";
    return rest.json("POST", "/conversations", tokens[creator], request)
        .thenAccept(made -> conversations[group] = made.path("id").asText());
  }

  /** Makes more groups, of the owner and the first two members, until there are so many. */
  void addGroups(int from, int to) throws Exception {
    each(
        to - from,
        i ->
            patiently(
                    () ->
                        owner.createGroup(
                            "more-" + (from + i),
                            "more-" + (from + i),
                            "Other " + (from + i),
                            List.of(accounts[0], accounts[1]),
                            true))
                .thenAccept(made -> {}));
  }

  private CompletableFuture<Void> group(int group, List<String> all) {
    CompletableFuture<Void> made =
        patiently(
                () ->
                    owner.createGroup(
                        "begin-" + group,
                        "load-" + group,
                        "Group " + group,
                        all.subList(0, Math.min(BATCH, all.size())),
                        true))
            .thenAccept(conversation -> conversations[group] = conversation.id());
    for (int from = BATCH; from < all.size(); from += BATCH) {
      List<String> some = all.subList(from, Math.min(all.size(), from + BATCH));
      String ref = "add-" + from;
      made =
          made.thenCompose(
              done ->
                  patiently(() -> owner.changeMembers(conversations[group], ref, some, List.of()))
                      .<Void>thenApply(accepted -> null));
    }
    return made;
  }

  /** The owner asks more than a person may: what is too much at once is asked again. */
  private static <T> CompletableFuture<T> patiently(Supplier<CompletableFuture<T>> request) {
    return request
        .get()
        .handle(
            (done, failure) -> {
              if (failure == null) {
                return CompletableFuture.completedFuture(done);
              }
              Throwable cause =
                  failure instanceof CompletionException && failure.getCause() != null
                      ? failure.getCause()
                      : failure;
              boolean later =
                  cause instanceof ProblemException problem && problem.problem().temporary();
              return later
                  ? CompletableFuture.supplyAsync(
                          () -> patiently(request),
                          CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS))
                      .thenCompose(again -> again)
                  : CompletableFuture.<T>failedFuture(cause);
            })
        .thenCompose(outcome -> outcome);
  }

  /** Does something for each number, a few at once. */
  static void each(int count, IntFunction<CompletableFuture<Void>> what) throws Exception {
    List<CompletableFuture<Void>> under = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      under.add(what.apply(i));
      if (under.size() == AT_ONCE) {
        get(under.remove(0));
      }
    }
    for (CompletableFuture<Void> one : under) {
      get(one);
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.get(SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    rest.close();
    client.close();
    nodes.close();
  }
}
