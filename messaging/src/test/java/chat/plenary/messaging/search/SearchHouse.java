package chat.plenary.messaging.search;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.Chat;
import chat.plenary.messaging.SlowStore;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.organisation.Joining;
import chat.plenary.messaging.store.Query;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A node with search, and what tests of it say and ask. */
abstract class SearchHouse {
  @TempDir Path directory;
  SlowStore slow;
  Assembly assembly;
  Caller service;
  int refs;

  @BeforeEach
  void open() throws Exception {
    assembly =
        Assembly.open(
                directory,
                store -> {
                  slow = new SlowStore(store);
                  return slow;
                })
            .start();
    service = Caller.service(assembly.alice.organisation());
  }

  @AfterEach
  void close() throws Exception {
    assembly.close();
  }

  Ref ref() {
    return new Ref("r" + refs++);
  }

  Caller join(String userid) throws Exception {
    AccountId id =
        await(
                assembly
                    .chat
                    .organisations()
                    .add(
                        assembly.alice,
                        List.of(
                            new Joining.Candidate(userid, userid, null, Role.MEMBER, List.of()))))
            .get(0)
            .id();
    return new Caller(id, assembly.alice.organisation(), null, Role.MEMBER, false);
  }

  long post(Caller who, ConversationId group, MessageBody body) throws Exception {
    return seq(await(assembly.chat.messages().post(who, group, ref(), body, "p" + refs)));
  }

  static long seq(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    return ((Outcome.Accepted) outcome).seq();
  }

  void postAll(ConversationId group, int count, String text) throws Exception {
    List<Future<Outcome>> posted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      posted.add(
          assembly
              .chat
              .messages()
              .post(assembly.alice, group, ref(), MessageBody.text(text + " " + i), "p" + i));
    }
    await(Future.all(posted));
  }

  static MessageBody caption(String key, Caller who, String text, String spanish) {
    return new MessageBody.Caption(
        new JsonObject()
            .put("meeting", "mAAAAAAAAAAAAAAAAAAAAAA")
            .put("key", key)
            .put("speaker", new JsonObject().put("account", who.account().value()).put("name", "A"))
            .put("language", "en")
            .put("text", text)
            .put("from", "2026-12-02T14:00:05.000Z")
            .put("to", "2026-12-02T14:00:06.000Z")
            .put(
                "translations",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("language", "es")
                            .put("text", spanish)
                            .put("engine", "tencent")
                            .put("title", "Tencent Meeting")))
            .put("by", "provider"));
  }

  Search.Found search(Caller who, ConversationId group, String query) throws Exception {
    return search(assembly.chat, who, group, query);
  }

  static Search.Found search(Chat chat, Caller who, ConversationId group, String query)
      throws Exception {
    return await(chat.search().in(who, group, query, Search.Narrowed.none(), 0, 50));
  }

  static List<Long> seqs(Search.Found found) {
    return found.hits().stream().map(hit -> hit.entry().entry().seq()).toList();
  }

  List<BsonDocument> signatures() throws Exception {
    return await(
        assembly.store.find(
            Query.in(Signatures.COLLECTION, "_id").from(new BsonString("")).limit(100)));
  }
}
