package chat.plenary.lab.workload;

import chat.plenary.client.Account;
import chat.plenary.client.Conversation;
import chat.plenary.client.Directory;
import chat.plenary.client.Plenary;
import chat.plenary.client.Session;
import chat.plenary.lab.history.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The people and groups of one organisation in a run, made by its owner over the public protocol.
 */
public final class World {
  private static final int TIMEOUT_SECONDS = 60;
  private static final int GUESTS = 8;

  /** Somebody, signed in. */
  record Person(String account, Session session) {}

  /**
   * A group.
   *
   * @param fixed who stays in it for the whole run; the owner is the first
   * @param moving who comes and goes
   */
  record Group(String id, List<Person> fixed, List<Person> moving, boolean history) {}

  final Plenary server;
  final Recorder recorder;
  final List<String> nodes;
  final Person owner;
  final String organisation;
  final List<Person> people = new ArrayList<>();
  final List<Person> guests = new ArrayList<>();
  final List<Group> groups = new ArrayList<>();

  private World(
      Plenary server, Recorder recorder, List<String> nodes, Person owner, String organisation) {
    this.server = server;
    this.recorder = recorder;
    this.nodes = nodes;
    this.owner = owner;
    this.organisation = organisation;
  }

  /**
   * Makes people and groups.
   *
   * @param owner of the organisation, signed in
   * @param people at least 4
   * @param tag makes userids and groups new; at most 12 letters and digits
   */
  public static World make(
      Plenary server,
      Recorder recorder,
      List<String> nodes,
      Session owner,
      int people,
      int groups,
      String tag)
      throws Exception {
    Account me = owner.me().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    Account.Organisation organisation = me.organisation();
    World world =
        new World(
            server,
            recorder,
            nodes,
            new Person(me.id(), owner),
            organisation == null ? "" : organisation.id());
    recorder.add(new Event.Person(me.id(), world.organisation));
    world.add(people, "Person", tag + "-", world.people);
    world.add(GUESTS, "Guest", tag + "-g", world.guests);
    for (int i = 0; i < groups; i++) {
      world.addGroup(i, tag);
    }
    return world;
  }

  /** The ids of all groups. */
  public List<String> groupIds() {
    return groups.stream().map(Group::id).toList();
  }

  private void add(int count, String name, String userid, List<Person> to) throws Exception {
    List<Directory.NewMember> wanted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      wanted.add(new Directory.NewMember(userid + i, name + " " + i, null, null));
    }
    List<Directory.Added> added =
        owner.session().directory().add(wanted).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    for (Directory.Added one : added) {
      String id = one.id();
      if (id == null) {
        throw new IllegalStateException("A member could not be added: " + one.problem());
      }
      recorder.add(new Event.Person(id, organisation));
      to.add(new Person(id, signIn(id)));
    }
  }

  /** A new session of somebody, by a ticket. */
  Session signIn(String account) throws Exception {
    String ticket =
        owner
            .session()
            .directory()
            .tickets(account, 1)
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .get(0);
    return server.signIn(ticket).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * A third of the people of a group come and go, all guests are in it; every other group has no
   * history.
   */
  private void addGroup(int number, String tag) throws Exception {
    Random random = new Random(31L * number + tag.hashCode());
    List<Person> chosen = new ArrayList<>(people);
    Collections.shuffle(chosen, random);
    chosen = chosen.subList(0, Math.max(4, people.size() * 2 / 3));
    List<Person> moving = new ArrayList<>(chosen.subList(0, chosen.size() / 3));
    List<Person> fixed = new ArrayList<>(chosen.subList(chosen.size() / 3, chosen.size()));
    boolean history = number % 2 == 0;
    Person creator = fixed.get(0);
    List<String> members =
        Stream.concat(chosen.stream(), guests.stream())
            .map(Person::account)
            .filter(id -> !id.equals(creator.account()))
            .toList();
    Conversation made =
        creator
            .session()
            .createGroup("make-" + number, tag + "-" + number, "Group " + number, members, history)
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    recorder.add(new Event.Made(made.id(), organisation, history));
    groups.add(new Group(made.id(), fixed, moving, history));
  }

  /** Does something later. */
  void later(long millis, Runnable task) {
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(task);
  }

  /** The session on one node, chosen by chance. */
  Session anywhere(Person person, Random random) {
    return person.session().on(nodes.get(random.nextInt(nodes.size())));
  }
}
