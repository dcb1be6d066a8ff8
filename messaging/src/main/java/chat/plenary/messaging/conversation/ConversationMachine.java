package chat.plenary.messaging.conversation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.log.Command;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Machine;
import chat.plenary.messaging.log.State;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** Judges and folds the entries of groups and direct conversations. */
public final class ConversationMachine implements Machine {
  private final Rows rows;
  private final Clock clock;
  private final Limits limits;

  public ConversationMachine(Store store, Clock clock, Limits limits) {
    this.rows = new Rows(store);
    this.clock = clock;
    this.limits = limits;
  }

  @Override
  public Future<State> load(ConversationId conversation) {
    return rows.state(conversation).map(state -> state);
  }

  @Override
  public State apply(State state, Entry entry) {
    return ((ConversationState) state).after(entry);
  }

  @Override
  public boolean forgets(State state, long seq) {
    return ((ConversationState) state).isRecalled(seq);
  }

  @Override
  public boolean closes(String kind) {
    return !kind.equals(Kinds.POSTED);
  }

  @Override
  public @Nullable Supplier<Future<UnaryOperator<State>>> lacks(State state, Command command) {
    if (!command.kind().equals(Kinds.EDITED) && !command.kind().equals(Kinds.RECALLED)) {
      return null;
    }
    ConversationState conversation = (ConversationState) state;
    long number = Bson.number(command.body(), "target", 0);
    if (number < 1 || number > conversation.seq() || conversation.target(number) != null) {
      return null;
    }
    return () ->
        rows.target(conversation.id(), number)
            .map(found -> newest -> ((ConversationState) newest).with(number, found));
  }

  @Override
  public @Nullable Fault judge(State state, Command command) {
    ConversationState conversation = (ConversationState) state;
    if (command.kind().equals(Kinds.CREATED)) {
      return conversation.exists()
          ? Fault.of(Fault.Code.CONFLICT, "id", "There is a conversation with this id already.")
          : null;
    }
    OrganisationId home = conversation.organisation();
    if (home != null && command.sender().equals(AccountId.service(home))) {
      return service(conversation, command);
    }
    Member member = conversation.member(command.sender());
    if (member == null || !member.current()) {
      return Fault.notFound("conversation");
    }
    BsonDocument body = command.body();
    return switch (command.kind()) {
      case Kinds.CHANGED -> changed(conversation, member, body);
      case Kinds.MEMBERS -> members(conversation, command, member);
      case Kinds.POSTED -> posted(conversation, member, body);
      case Kinds.EDITED -> edited(conversation, command, member);
      case Kinds.RECALLED -> recalled(conversation, command, member);
      default -> Fault.invalid("kind", "There is no such kind of entry.");
    };
  }

  /**
   * The organisation's own account is no member: it posts, changes what it posted at any time,
   * recalls what the organisation keeps no longer, and takes members out of groups.
   */
  private static @Nullable Fault service(ConversationState conversation, Command command) {
    if (command.kind().equals(Kinds.POSTED)) {
      return null;
    }
    if (command.kind().equals(Kinds.MEMBERS)
        && conversation.id().isGroup()
        && Bson.strings(command.body(), "add").isEmpty()) {
      return Bson.strings(command.body(), "remove").stream()
              .allMatch(account -> conversation.isMember(new AccountId(account)))
          ? null
          : Fault.of(Fault.Code.NOT_FOUND, "remove", "This is not a member.");
    }
    boolean recall = command.kind().equals(Kinds.RECALLED);
    if (!recall && !command.kind().equals(Kinds.EDITED)) {
      return Fault.of(Fault.Code.FORBIDDEN, "An organisation's own account may not do this.");
    }
    ConversationState.Target target = conversation.target(Bson.number(command.body(), "target", 0));
    if (target == null
        || target.sender() == null
        || !(recall || command.sender().equals(target.sender()))) {
      return Fault.of(Fault.Code.NOT_FOUND, "target", "There is no such message.");
    }
    return target.recalled()
        ? Fault.of(Fault.Code.GONE, "target", "The message was recalled.")
        : null;
  }

  private static @Nullable Fault changed(
      ConversationState conversation, Member member, BsonDocument body) {
    if (!conversation.id().isGroup() || !member.role().administers()) {
      return Fault.of(Fault.Code.FORBIDDEN, "Only the group's owner may change it.");
    }
    return TranslationPolicy.OUTSIDE.text().equals(Bson.text(body, "translation"))
            && member.role() != GroupRole.OWNER
        ? Fault.of(
            Fault.Code.FORBIDDEN,
            "translation",
            "Only the group's owner may let its texts go to engines outside.")
        : null;
  }

  private @Nullable Fault members(ConversationState conversation, Command command, Member member) {
    List<String> add = Bson.strings(command.body(), "add");
    List<String> remove = Bson.strings(command.body(), "remove");
    boolean leaves = add.isEmpty() && remove.equals(List.of(command.sender().value()));
    if (!conversation.id().isGroup()) {
      return Fault.of(Fault.Code.FORBIDDEN, "A direct conversation keeps its two members.");
    }
    if (!leaves && !member.role().administers()) {
      return Fault.of(Fault.Code.FORBIDDEN, "Only the group's owner may add and remove members.");
    }
    Set<String> fresh = new HashSet<>();
    for (String account : add) {
      if (!conversation.isMember(new AccountId(account))) {
        fresh.add(account);
      }
    }
    for (int i = 0; i < remove.size(); i++) {
      if (!conversation.isMember(new AccountId(remove.get(i)))) {
        return Fault.of(Fault.Code.NOT_FOUND, "remove[" + i + "]", "This is not a member.");
      }
    }
    if (fresh.isEmpty() && remove.isEmpty()) {
      return Fault.of(Fault.Code.CONFLICT, "add", "They are members already.");
    }
    int size = conversation.size() + fresh.size() - remove.size();
    return size > limits.groupMembers()
        ? Fault.invalid("add", "A group has at most " + limits.groupMembers() + " members here.")
        : null;
  }

  private static @Nullable Fault posted(
      ConversationState conversation, Member member, BsonDocument body) {
    long quote = Bson.number(body, "quote", 0);
    if (quote > 0 && (quote > conversation.seq() || !member.sees(quote))) {
      return Fault.of(Fault.Code.NOT_FOUND, "body.quote", "There is no such message.");
    }
    List<String> mentions = Bson.strings(body, "mentions");
    for (int i = 0; i < mentions.size(); i++) {
      if (!conversation.isMember(new AccountId(mentions.get(i)))) {
        return Fault.invalid("body.mentions[" + i + "]", "This is not a member.");
      }
    }
    return null;
  }

  private @Nullable Fault edited(ConversationState conversation, Command command, Member member) {
    long number = Bson.number(command.body(), "target", 0);
    ConversationState.Target target = known(conversation, member, number);
    if (target == null || target.sender() == null) {
      return Fault.of(Fault.Code.NOT_FOUND, "target", "There is no such message.");
    }
    if (target.recalled()) {
      return Fault.of(Fault.Code.GONE, "target", "The message was recalled.");
    }
    if (!target.sender().equals(command.sender())) {
      return Fault.of(Fault.Code.FORBIDDEN, "target", "Only its sender may edit a message.");
    }
    boolean card = Bson.flag(command.body(), "card");
    return !card && late(target, limits.edit().toMillis())
        ? Fault.of(Fault.Code.FORBIDDEN, "target", "The time to edit this message is over.")
        : null;
  }

  private @Nullable Fault recalled(ConversationState conversation, Command command, Member member) {
    long number = Bson.number(command.body(), "target", 0);
    ConversationState.Target target = known(conversation, member, number);
    if (target == null || target.sender() == null) {
      return Fault.of(Fault.Code.NOT_FOUND, "target", "There is no such message.");
    }
    if (target.recalled()) {
      return Fault.of(Fault.Code.GONE, "target", "The message was recalled already.");
    }
    boolean own = target.sender().equals(command.sender());
    if (!own && !(conversation.id().isGroup() && member.role().administers())) {
      return Fault.of(Fault.Code.FORBIDDEN, "target", "Only its sender may recall a message.");
    }
    return own && !member.role().administers() && late(target, limits.recall().toMillis())
        ? Fault.of(Fault.Code.FORBIDDEN, "target", "The time to recall this message is over.")
        : null;
  }

  private static ConversationState.@Nullable Target known(
      ConversationState conversation, Member member, long number) {
    return number < 1 || number > conversation.seq() || !member.sees(number)
        ? null
        : conversation.target(number);
  }

  private boolean late(ConversationState.Target target, long allowed) {
    return clock.millis() - target.at() > allowed;
  }
}
