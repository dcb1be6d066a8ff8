package chat.plenary.micro;

import chat.plenary.client.Body;
import chat.plenary.lab.history.Digest;
import chat.plenary.lab.history.Event;
import chat.plenary.lab.history.HistoryWriter;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.log.Command;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.message.Targets;
import chat.plenary.messaging.sim.Observer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Writes what happens in a simulated world as the lab's history. Stricter than a history of real
 * processes, or as strict, in three ways:
 *
 * <ul>
 *   <li>Requests begin when they come to a node and end when it answers, heard or not. So nothing
 *       is excused since a connection was lost, and no connection is said to be lost.
 *   <li>A process is stopped between two of its steps, never between a check and the write after
 *       it. So no flush of one that was stopped is excused, and no fault is said to stop a process.
 *   <li>Ids are those of the log; a body's digest is of all of it.
 * </ul>
 *
 * What is caught up on is written as coming with a conversation, since a member who was removed and
 * let in again may be shown then what is from before. What the simulation does not have is not
 * written, and its rules judge nothing: heads, read positions and unread counts ({@code STALE},
 * {@code POSITION_BACK}, {@code UNREAD}), sessions that are revoked ({@code REVOKED}), a second
 * organisation ({@code OTHER_ORGANISATION}), and pages while things happen. {@code MARKS} judges
 * the pages of the end.
 */
class LabHistory implements Observer {
  private static final String ORGANISATION = "assembly";

  private final HistoryWriter writer;
  private final Map<String, Integer> readers = new HashMap<>();
  private final Set<AccountId> people = new HashSet<>();

  LabHistory(HistoryWriter writer, String scenario, long seed) {
    this.writer = writer;
    writer.add(new Event.Start(scenario, seed, ""));
  }

  private static long digest(@Nullable BsonDocument body) {
    return body == null ? 0 : Digest.of(Body.text(body.toJson()));
  }

  /** Of what a message says, be it in a post or in an edit; 0 of all else. */
  private static long said(String kind, @Nullable BsonDocument body) {
    if (body == null) {
      return 0;
    }
    return switch (kind) {
      case Kinds.POSTED -> digest(body);
      case Kinds.EDITED -> digest(body.getDocument("body"));
      default -> 0;
    };
  }

  @Override
  public void asked(Duration at, int number, Command command, String node) {
    String group = command.conversation().value();
    person(command.sender());
    if (command.kind().equals(Kinds.CREATED)) {
      writer.add(new Event.Made(group, ORGANISATION, false));
    }
    Event.Action action =
        switch (command.kind()) {
          case Kinds.POSTED -> Event.Action.POST;
          case Kinds.EDITED -> Event.Action.EDIT;
          case Kinds.RECALLED -> Event.Action.RECALL;
          case Kinds.MEMBERS -> Event.Action.MEMBERS;
          default -> Event.Action.CHANGE;
        };
    writer.add(
        new Event.Invoked(
            number,
            at.toNanos(),
            action,
            command.sender().value(),
            command.path(),
            node,
            group,
            command.ref().value(),
            said(command.kind(), command.body()),
            Bson.number(command.body(), "target", 0)));
  }

  @Override
  public void answered(Duration at, int number, Outcome outcome) {
    Event.Outcome told = Event.Outcome.UNKNOWN;
    String detail = "";
    long seq = 0;
    long m = 0;
    if (outcome instanceof Outcome.Accepted accepted) {
      told = Event.Outcome.OK;
      seq = accepted.seq();
      m = accepted.m();
    } else if (outcome instanceof Outcome.Refused refused) {
      Fault why = refused.why();
      boolean conflict = why.code() == Fault.Code.CONFLICT && "ref".equals(why.field());
      told = conflict ? Event.Outcome.CONFLICT : Event.Outcome.REFUSED;
      detail = why.code() + " " + why.field();
    }
    writer.add(new Event.Returned(number, at.toNanos(), told, detail, seq, m));
  }

  @Override
  public void opened(Duration at, String reader, AccountId account, String node) {
    linked(at, reader, account, Event.Link.OPENED, node, "");
  }

  @Override
  public void current(Duration at, String reader, AccountId account, String node) {
    linked(at, reader, account, Event.Link.CURRENT, node, "");
  }

  @Override
  public void closed(Duration at, String reader, AccountId account, String node) {
    linked(at, reader, account, Event.Link.LOST, node, "closed by this side");
  }

  @Override
  public void settled(Duration at, String reader, AccountId account, String node) {
    linked(at, reader, account, Event.Link.SETTLED, node, "");
  }

  private void linked(
      Duration at, String reader, AccountId account, Event.Link link, String node, String why) {
    writer.add(new Event.Linked(at.toNanos(), reader(reader, account), link, node, why));
  }

  @Override
  public void shown(Duration at, String reader, AccountId account, How how, EntryView view) {
    Entry entry = view.entry();
    person(entry.sender());
    BsonDocument body = view.body();
    boolean edited = view.edit() != null;
    writer.add(
        new Event.Shown(
            at.toNanos(),
            reader(reader, account),
            switch (how) {
              case LIVE -> Event.Via.LIVE;
              case CAUGHT_UP -> Event.Via.RESUME;
              case LAST -> Event.Via.FINAL;
            },
            entry.conversation().value(),
            entry.seq(),
            entry.m(),
            entry.kind(),
            entry.sender().value(),
            entry.ref(),
            edited ? digest(body) : said(entry.kind(), body),
            Targets.of(entry),
            view.edit() == null ? 0 : view.edit().seq(),
            view.recall() == null ? 0 : view.recall().seq(),
            added(entry),
            body == null ? List.of() : Bson.strings(body, "remove")));
  }

  /** Whom an entry lets in; whoever makes a group is in it. */
  private static List<String> added(Entry entry) {
    BsonDocument body = entry.body();
    if (body == null) {
      return List.of();
    }
    List<String> added = new ArrayList<>();
    if (entry.kind().equals(Kinds.CREATED)) {
      added.add(entry.sender().value());
      added.addAll(
          Bson.strings(body, "members").stream().filter(id -> !added.contains(id)).toList());
    } else {
      added.addAll(Bson.strings(body, "add"));
    }
    return added;
  }

  @Override
  public void fault(Duration at, boolean begins, String node, String what) {
    writer.add(new Event.Fault(at.toNanos(), begins, false, node, what));
  }

  private int reader(String name, AccountId account) {
    Integer known = readers.get(name);
    if (known != null) {
      return known;
    }
    person(account);
    int number = readers.size() + 1;
    readers.put(name, number);
    writer.add(new Event.Reader(number, account.value(), name));
    return number;
  }

  private void person(AccountId account) {
    if (people.add(account)) {
      writer.add(new Event.Person(account.value(), ORGANISATION));
    }
  }
}
