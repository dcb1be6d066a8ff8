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
import java.util.Set;
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
import org.jspecify.annotations.Nullable;

/**
 * Commands of one lane on their way to the node that owns it: one batch at a time, so that no later
 * command overtakes an earlier one whose batch was lost. Without an answer within a second the
 * batch comes back to this node's own lane, in front, as if it had been proposed: it is never
 * refused. Then this node appends to the lane itself until it sees other members, or the owner
 * answers again: two that both append lose every other race to each other. A batch says until when
 * it is worth serving, by the owner's clock: one that lay somewhere while this node went on is not
 * served. Used on the lane's thread only.
 */
final class HandOver {
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /** After a failure the owner is asked so often whether it is there again. */
  static final Duration PROBE = Duration.ofSeconds(5);

  private static final int MAX_WAITING = 10_000;
  private static final int MAX_NODES = 1_000;

  private final Lane lane;
  private final int index;
  private final Bus bus;
  private final Timers timers;
  private final Clocks clocks;
  private final Counters counters;
  private final Deadlines deadlines;

  /** What is to be handed over, in order. */
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /** That, and the batch under way, as far as it is not answered. */
  private final Backlog open = new Backlog();

  /** Of each node that hands over to this one, its newest batch. */
  private final Map<String, Long> served =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MAX_NODES;
        }
      };

  private boolean underWay;
  private boolean alone;
  private boolean probing;
  private long batches;

  HandOver(Lane lane, int index, Bus bus, Timers timers, Clocks clocks, Counters counters) {
    this.lane = lane;
    this.index = index;
    this.bus = bus;
    this.timers = timers;
    this.clocks = clocks;
    this.counters = counters;
    this.deadlines = new Deadlines(timers, lane::run, open::all, this::expire);
  }

  static String topic(int lane) {
    return "lane." + lane;
  }

  /** This node sees other members than before: it hands over again. */
  void membersChanged() {
    alone = false;
  }

  /**
   * Takes a command: to the owner, or to this node's own lane. A path is in one place at a time, so
   * that its order is kept.
   */
  void take(Waiting one) {
    boolean pending = open.waitsOn(one.path);
    if (!pending && (lane.holds(one.path) || lane.waitsOn(one.path) || owner() == null)) {
      lane.arrive(one);
    } else if (lane.holds(one.path) || open.size() >= MAX_WAITING) {
      lane.hold(one);
    } else {
      open.add(one);
      waiting.add(one);
      deadlines.watch(one);
      next();
    }
  }

  /** Who owns the lane; null for this node itself, and while it appends alone. */
  private @Nullable String owner() {
    String owner = Owner.of(index, bus.members(), bus.self());
    return alone || owner.equals(bus.self()) ? null : owner;
  }

  private void next() {
    if (underWay || waiting.isEmpty()) {
      return;
    }
    String owner = owner();
    if (owner == null) {
      List<Waiting> rest = List.copyOf(waiting);
      waiting.clear();
      rest.forEach(open::remove);
      rest.forEach(lane::arrive);
      return;
    }
    List<Waiting> batch = new ArrayList<>();
    while (batch.size() < Store.MAX_RUN && !waiting.isEmpty()) {
      batch.add(waiting.poll());
    }
    underWay = true;
    counters.handedOver(batch.size());
    lane.onThread(
        clocks.ahead(owner),
        known -> {
          if (known.succeeded()) {
            ask(owner, batch, known.result());
          } else {
            back(batch);
          }
        });
  }

  private void ask(String owner, List<Waiting> batch, long ahead) {
    lane.onThread(
        bus.ask(owner, topic(index), question(batch, ahead), PATIENCE)
            .map(reply -> outcomes(reply, batch)),
        done -> {
          if (done.succeeded()) {
            underWay = false;
            batch.forEach(open::remove);
            answered(batch, done.result());
            next();
          } else {
            back(batch);
          }
        });
  }

  private void back(List<Waiting> batch) {
    underWay = false;
    batch.forEach(open::remove);
    alone = true;
    probeLater();
    lane.back(batch);
    next();
  }

  private void probeLater() {
    if (!probing) {
      probing = true;
      timers.after(PROBE, () -> lane.run(this::probe));
    }
  }

  /** Nothing waits for the answer: commands go on through this node's own lane meanwhile. */
  private void probe() {
    probing = false;
    String owner = Owner.of(index, bus.members(), bus.self());
    if (!alone || owner.equals(bus.self())) {
      return;
    }
    lane.onThread(
        clocks.ask(owner),
        known -> {
          if (known.succeeded()) {
            alone = false;
          } else {
            probeLater();
          }
        });
  }

  /** An unknown takes along what its path sent after it, also what was not handed over yet. */
  private void answered(List<Waiting> batch, List<Outcome> outcomes) {
    Map<String, List<Waiting>> unknown = new LinkedHashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      Waiting one = batch.get(i);
      if (!(outcomes.get(i) instanceof Outcome.Unknown)) {
        lane.settle(one, outcomes.get(i));
      } else if (!one.settled) {
        unknown.computeIfAbsent(one.path, p -> new ArrayList<>()).add(one);
      }
    }
    unknown.forEach(
        (path, late) -> {
          late.addAll(open.byPath(path));
          unknown(path, late);
        });
  }

  /** The deadline, of what waits for the owner's answer or to be handed over. */
  private void expire(Waiting one) {
    List<Waiting> path = open.byPath(one.path);
    int place = path.indexOf(one);
    if (place >= 0) {
      unknown(one.path, path.subList(place, path.size()));
    }
  }

  private void unknown(String path, List<Waiting> late) {
    late.forEach(open::remove);
    waiting.removeAll(Set.copyOf(late));
    lane.unknown(path, late);
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
              meta.mark(command),
              one.getString("w").getValue(),
              Bson.number(one, "until", Long.MIN_VALUE)));
    }
    long number = Bson.number(document, "b", 0);
    Promise<Buffer> answer = Promise.promise();
    lane.run(
        () -> {
          if (number <= served.getOrDefault(node, 0L)
              || batch.stream().anyMatch(one -> one.deadline <= timers.elapsed())) {
            // Twice, overtaken or late: what was refused meanwhile must not be appended now.
            answer.fail("this batch came before, or too late");
            return;
          }
          served.remove(node);
          served.put(node, number);
          batch.forEach(one -> one.foreign = true);
          batch.forEach(lane::arrive);
          List<Future<Outcome>> all = batch.stream().map(one -> one.answer.future()).toList();
          Future.join(all).onComplete(done -> answer.complete(answer(all)));
        });
    return answer.future();
  }

  private Buffer question(List<Waiting> batch, long ahead) {
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
              .append("until", new BsonInt64(one.deadline + ahead)));
    }
    return write(new BsonDocument("b", new BsonInt64(++batches)).append("commands", commands));
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
