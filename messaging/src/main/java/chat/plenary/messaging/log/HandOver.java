package chat.plenary.messaging.log;

import chat.plenary.messaging.cluster.Bus;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.ByteBufNIO;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.bson.io.ByteBufferBsonInput;

/**
 * Commands of one lane on their way to the node that owns it: one batch at a time, so that no later
 * command overtakes an earlier one whose batch was lost. Without an answer within a second the
 * batch comes back to this node's own lane, in front, as if it had been proposed: it is never
 * refused. Then this node appends to the lane itself until it sees other members. Used on the
 * lane's thread only.
 */
final class HandOver {
  static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int MAX_WAITING = 10_000;

  private final Lane lane;
  private final int index;
  private final Bus bus;
  private final Timers timers;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private boolean underWay;
  private boolean alone;

  HandOver(Lane lane, int index, Bus bus, Timers timers) {
    this.lane = lane;
    this.index = index;
    this.bus = bus;
    this.timers = timers;
  }

  static String topic(int lane) {
    return "lane." + lane;
  }

  /** This node sees other members than before: it hands over again. */
  void membersChanged() {
    alone = false;
  }

  /** Takes a command: to the owner, or to this node's own lane. */
  void take(Waiting one) {
    if (lane.holds(one.path())) {
      lane.arrive(one);
      return;
    }
    boolean pending = underWay || !waiting.isEmpty();
    String owner = Owner.of(index, bus.members(), bus.self());
    boolean own = alone || owner.equals(bus.self()) || !lane.idle();
    if (own && !pending) {
      lane.arrive(one);
    } else if (waiting.size() >= MAX_WAITING) {
      lane.unknown(one.path(), List.of(one));
    } else {
      waiting.add(one);
      next();
    }
  }

  private void next() {
    if (underWay || waiting.isEmpty()) {
      return;
    }
    String owner = Owner.of(index, bus.members(), bus.self());
    if (alone || owner.equals(bus.self()) || !lane.idle()) {
      List<Waiting> rest = List.copyOf(waiting);
      waiting.clear();
      rest.forEach(lane::arrive);
      return;
    }
    List<Waiting> batch = new ArrayList<>();
    while (batch.size() < Store.MAX_RUN && !waiting.isEmpty()) {
      batch.add(waiting.poll());
    }
    underWay = true;
    lane.onThread(
        bus.ask(owner, topic(index), question(batch), PATIENCE)
            .map(reply -> outcomes(reply, batch)),
        done -> {
          underWay = false;
          if (done.succeeded()) {
            answered(batch, done.result());
          } else {
            alone = true;
            lane.back(batch);
          }
          next();
        });
  }

  /** An unknown takes along what its path sent after it, also what was not handed over yet. */
  private void answered(List<Waiting> batch, List<Outcome> outcomes) {
    Map<String, List<Waiting>> unknown = new LinkedHashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      Waiting one = batch.get(i);
      if (outcomes.get(i) instanceof Outcome.Unknown) {
        unknown.computeIfAbsent(one.path(), p -> new ArrayList<>()).add(one);
      } else {
        lane.settle(one, outcomes.get(i));
      }
    }
    if (!unknown.isEmpty()) {
      waiting.removeIf(
          one -> {
            List<Waiting> path = unknown.get(one.path());
            return path != null && path.add(one);
          });
      unknown.forEach(lane::unknown);
    }
  }

  /**
   * Answers another node: its commands go through this node's own lane, each on a path of that
   * node.
   */
  Future<Buffer> serve(String node, Buffer question, Meta meta) {
    BsonDocument document = read(question);
    List<Waiting> batch = new ArrayList<>();
    for (BsonValue value : document.getArray("commands")) {
      BsonDocument one = value.asDocument();
      Command command =
          new Command(
              new ConversationId(one.getString("c").getValue()),
              new AccountId(one.getString("s").getValue()),
              new Ref(one.getString("r").getValue()),
              one.getString("e").getValue(),
              (int) Bson.number(one, "v", 1),
              one.getDocument("body"),
              Bson.flag(one, "m"),
              node + "/" + one.getString("path").getValue());
      batch.add(
          new Waiting(
              command,
              meta.key(command),
              meta.hash(command),
              one.getString("w").getValue(),
              timers.elapsed() + Bson.number(one, "left", 0)));
    }
    Promise<Buffer> answer = Promise.promise();
    lane.run(
        () -> {
          batch.forEach(lane::arrive);
          List<Future<Outcome>> all = batch.stream().map(one -> one.answer.future()).toList();
          Future.join(all).onComplete(done -> answer.complete(answer(all)));
        });
    return answer.future();
  }

  private Buffer question(List<Waiting> batch) {
    BsonArray commands = new BsonArray();
    for (Waiting one : batch) {
      Command command = one.command;
      commands.add(
          new BsonDocument("c", new BsonString(command.conversation().value()))
              .append("s", new BsonString(command.sender().value()))
              .append("r", new BsonString(command.ref().value()))
              .append("e", new BsonString(command.kind()))
              .append("v", new BsonInt64(command.version()))
              .append("body", command.body())
              .append("m", BsonBoolean.valueOf(command.countable()))
              .append("path", new BsonString(command.path()))
              .append("w", new BsonString(one.attempt))
              .append("left", new BsonInt64(Math.max(1, one.deadline - timers.elapsed()))));
    }
    return write(new BsonDocument("commands", commands));
  }

  private static Buffer answer(List<Future<Outcome>> outcomes) {
    BsonArray all = new BsonArray();
    for (Future<Outcome> future : outcomes) {
      Outcome outcome = future.succeeded() ? future.result() : new Outcome.Unknown();
      BsonDocument one = new BsonDocument();
      if (outcome instanceof Outcome.Accepted accepted) {
        one.append("n", new BsonInt64(accepted.n()))
            .append("seq", new BsonInt64(accepted.seq()))
            .append("m", new BsonInt64(accepted.m()))
            .append("at", new BsonInt64(accepted.at().toEpochMilli()));
      } else if (outcome instanceof Outcome.Refused refused) {
        one.append("code", new BsonString(refused.why().code().name()))
            .append("why", new BsonString(String.valueOf(refused.why().getMessage())));
        String field = refused.why().field();
        if (field != null) {
          one.append("field", new BsonString(field));
        }
      }
      all.add(one);
    }
    return write(new BsonDocument("outcomes", all));
  }

  private List<Outcome> outcomes(Buffer reply, List<Waiting> batch) {
    List<Outcome> found = new ArrayList<>();
    for (BsonValue value : read(reply).getArray("outcomes")) {
      BsonDocument one = value.asDocument();
      String code = Bson.text(one, "code");
      String why = Bson.text(one, "why");
      if (one.containsKey("n")) {
        found.add(
            new Outcome.Accepted(
                index,
                Bson.number(one, "n", 0),
                Bson.number(one, "seq", 0),
                Bson.number(one, "m", 0),
                Instant.ofEpochMilli(Bson.number(one, "at", 0))));
      } else if (code != null) {
        found.add(
            new Outcome.Refused(
                Fault.of(
                    Fault.Code.valueOf(code), Bson.text(one, "field"), why == null ? "" : why)));
      } else {
        found.add(new Outcome.Unknown());
      }
    }
    if (found.size() != batch.size()) {
      throw new IllegalStateException("an owner answered another number of commands");
    }
    return found;
  }

  static Buffer write(BsonDocument document) {
    BasicOutputBuffer out = new BasicOutputBuffer();
    new BsonDocumentCodec()
        .encode(new BsonBinaryWriter(out), document, EncoderContext.builder().build());
    return Buffer.buffer(out.toByteArray());
  }

  static BsonDocument read(Buffer buffer) {
    ByteBufNIO bytes = new ByteBufNIO(ByteBuffer.wrap(buffer.getBytes()));
    return new BsonDocumentCodec()
        .decode(
            new BsonBinaryReader(new ByteBufferBsonInput(bytes)), DecoderContext.builder().build());
  }
}
