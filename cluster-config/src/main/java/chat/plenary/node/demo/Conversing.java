package chat.plenary.node.demo;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.organisation.OrganisationState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Has the people of a demonstration found groups and talk. */
final class Conversing {
  /** How often an outcome may be unknown before it is given up. */
  private static final int ATTEMPTS = 5;

  private static final String PATH = "demonstration";

  private final Chat chat;
  private final OrganisationState people;
  private final String publicUrl;

  Conversing(Chat chat, OrganisationState people, String publicUrl) {
    this.chat = chat;
    this.people = people;
    this.publicUrl = publicUrl;
  }

  Future<Void> group(Script.Group group, JsonArray facts) {
    Caller owner = Filling.caller(people, group.owner());
    List<AccountId> members =
        group.members().stream().map(userid -> Filling.account(people, userid).id()).toList();
    ConversationId id = ConversationId.group(people.id(), group.id());
    return settled(
            () ->
                chat.conversations()
                    .createGroup(
                        owner, group.id(), group.name(), members, true, new Ref("demo-created"))
                    .map(changed -> changed.outcome()),
            ATTEMPTS)
        .compose(created -> talk(id, group.messages()))
        .onSuccess(
            v -> facts.add(new JsonObject().put("id", id.value()).put("name", group.name())));
  }

  Future<Void> direct(Script.Direct direct) {
    Caller one = Filling.caller(people, direct.between().get(0));
    AccountId other = Filling.account(people, direct.between().get(1)).id();
    return chat.conversations().createDirect(one, other).compose(id -> talk(id, direct.messages()));
  }

  private Future<Void> talk(ConversationId id, List<Script.Line> lines) {
    return Filling.each(
        IntStream.range(0, lines.size()).boxed().toList(),
        number -> say(id, lines.get(number), "demo-" + number));
  }

  private Future<Void> say(ConversationId id, Script.Line line, String ref) {
    Caller caller = Filling.caller(people, line.as());
    return settled(() -> chat.messages().post(caller, id, new Ref(ref), body(line), PATH), ATTEMPTS)
        .compose(posted -> after(caller, id, line, posted.seq(), ref))
        .mapEmpty();
  }

  private Future<?> after(
      Caller caller, ConversationId id, Script.Line line, long seq, String ref) {
    String edited = line.edited();
    if (edited != null) {
      return settled(
          () ->
              chat.messages()
                  .edit(caller, id, new Ref(ref + "-edit"), seq, MessageBody.text(edited), PATH),
          ATTEMPTS);
    }
    if (line.recalled()) {
      return settled(
          () -> chat.messages().recall(caller, id, new Ref(ref + "-recall"), seq, PATH), ATTEMPTS);
    }
    return Future.succeededFuture();
  }

  /** By the protocol's own form, so that what is shown could have been sent. */
  private MessageBody body(Script.Line line) {
    JsonObject json = new JsonObject();
    if (line.card() != null) {
      String card = new JsonObject(line.card()).encode().replace("{publicUrl}", publicUrl);
      json.put("type", "card").put("text", line.text()).put("card", new JsonObject(card));
    } else if (line.markdown() != null) {
      json.put("type", "markdown").put("text", line.markdown());
    } else {
      json.put("type", "text").put("text", line.text());
    }
    List<String> mentions = line.mentions();
    if (mentions != null) {
      JsonArray ids = new JsonArray();
      mentions.forEach(userid -> ids.add(Filling.account(people, userid).id().value()));
      json.put("mentions", ids);
    }
    if (line.all()) {
      json.put("all", true);
    }
    return MessageBody.read(Input.of(json));
  }

  private static Future<Outcome.Accepted> settled(Supplier<Future<Outcome>> attempt, int attempts) {
    return attempt
        .get()
        .compose(
            outcome -> {
              if (outcome instanceof Outcome.Accepted accepted) {
                return Future.succeededFuture(accepted);
              }
              if (outcome instanceof Outcome.Refused refused) {
                return Future.failedFuture(refused.why());
              }
              return attempts > 1
                  ? settled(attempt, attempts - 1)
                  : Future.failedFuture(
                      Fault.of(Fault.Code.UNAVAILABLE, "The store does not answer."));
            });
  }
}
