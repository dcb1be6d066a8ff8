package chat.plenary.messaging.sim;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.id.AccountId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What a group's rules are, said a second time and independently of the product: for the checker.
 * Covers what the simulated clients do; the group's owner never leaves. Immutable.
 */
record GroupModel(
    boolean exists,
    AccountId owner,
    Set<AccountId> members,
    Map<Long, Message> messages,
    long seq) {

  /** A message: who sent it, its place, whether it was recalled, the seq and body shown. */
  record Message(AccountId sender, long seq, boolean recalled, @Nullable BsonDocument body) {}

  static GroupModel none(AccountId owner) {
    return new GroupModel(false, owner, Set.of(), Map.of(), 0);
  }

  boolean accepts(AccountId sender, String kind, BsonDocument body) {
    if (kind.equals(Kinds.CREATED)) {
      return !exists;
    }
    if (!exists || !members.contains(sender)) {
      return false;
    }
    long target = Bson.number(body, "target", 0);
    Message message = messages.get(target);
    return switch (kind) {
      case Kinds.POSTED -> true;
      case Kinds.MEMBERS -> acceptsMembers(sender, body);
      case Kinds.EDITED ->
          message != null && !message.recalled() && message.sender().equals(sender);
      case Kinds.RECALLED ->
          message != null
              && !message.recalled()
              && (message.sender().equals(sender) || sender.equals(owner));
      default -> false;
    };
  }

  private boolean acceptsMembers(AccountId sender, BsonDocument body) {
    List<AccountId> add = Bson.strings(body, "add").stream().map(AccountId::new).toList();
    List<AccountId> remove = Bson.strings(body, "remove").stream().map(AccountId::new).toList();
    return sender.equals(owner)
        && members.containsAll(remove)
        && !(remove.isEmpty() && members.containsAll(add));
  }

  GroupModel after(History.Committed entry) {
    BsonDocument body = entry.body();
    Set<AccountId> now = new LinkedHashSet<>(members);
    Map<Long, Message> said = messages;
    if (body == null) {
      return new GroupModel(exists, owner, now, said, entry.seq());
    }
    switch (entry.kind()) {
      case Kinds.CREATED -> {
        now.add(entry.sender());
        Bson.strings(body, "members").forEach(id -> now.add(new AccountId(id)));
      }
      case Kinds.MEMBERS -> {
        Bson.strings(body, "remove").forEach(id -> now.remove(new AccountId(id)));
        Bson.strings(body, "add").forEach(id -> now.add(new AccountId(id)));
      }
      case Kinds.POSTED -> said = with(new Message(entry.sender(), entry.seq(), false, body));
      case Kinds.EDITED -> {
        Message known = messages.get(Bson.number(body, "target", 0));
        if (known != null) {
          said = with(new Message(known.sender(), known.seq(), false, body.getDocument("body")));
        }
      }
      case Kinds.RECALLED -> {
        Message known = messages.get(Bson.number(body, "target", 0));
        if (known != null) {
          said = with(new Message(known.sender(), known.seq(), true, null));
        }
      }
      default -> {}
    }
    return new GroupModel(true, owner, now, said, entry.seq());
  }

  private Map<Long, Message> with(Message message) {
    Map<Long, Message> more = new LinkedHashMap<>(messages);
    more.put(message.seq(), message);
    return more;
  }
}
