package chat.plenary.messaging.store;

import static chat.plenary.messaging.store.StoreUnderTest.await;
import static chat.plenary.messaging.store.StoreUnderTest.doc;
import static chat.plenary.messaging.store.StoreUnderTest.failure;
import static chat.plenary.messaging.store.StoreUnderTest.ids;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.store.StoreException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Insert, get, delete and ping. */
interface InsertContract extends StoreUnderTest {
  @Test
  default void whatWasInsertedIsReadBackWhole() {
    var document =
        doc("a", "text", "zwölf \uD83D\uDE00 一", "int", 7, "long", 1L << 60, "nothing", null);
    document.put("double", new BsonDouble(0.25));
    document.put("yes", BsonBoolean.TRUE);
    document.put("at", new BsonDateTime(1_700_000_000_123L));
    document.put("bytes", new BsonBinary(new byte[] {0, -1, 127}));
    document.put("inner", new BsonDocument("deep", new BsonDocument("x", new BsonInt32(1))));
    document.put("list", new BsonArray(List.of(new BsonString("p"), new BsonInt32(2))));
    insert(document);
    assertThat(get("a")).isEqualTo(document);
  }

  @Test
  default void getReturnsThoseThatExistInTheOrderOfTheIdsEachOnce() {
    insert(doc("a"), doc("b"), doc("c"));
    var found = await(store().get(collection(), List.of("c", "missing", "a", "c", "b", "a")));
    assertThat(ids(found)).containsExactly("c", "a", "b");
    assertThat(await(store().get(collection(), List.of()))).isEmpty();
  }

  @Test
  default void aCollectionThatDoesNotExistIsEmpty() {
    assertThat(get("a")).isNull();
    assertThat(found(Query.in(collection(), "_id"))).isEmpty();
    assertThat(await(store().delete(collection(), List.of("a")))).isZero();
    assertThat(await(store().update(collection(), Update.of("a").set("x", 1)))).isFalse();
  }

  @Test
  default void collectionsDoNotMeet() {
    var other = collection() + "_other";
    insert(doc("a", "x", 1));
    await(store().insert(other, List.of(doc("a", "x", 2))));
    await(store().delete(other, List.of("a")));
    assertThat(get("a")).isEqualTo(doc("a", "x", 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 98, 99})
  default void ofARunThatMeetsATakenIdThePrefixSurvivesAndNothingBeyond(int place) {
    var run = run(100);
    var taken = doc(run.get(place).getString("_id").getValue(), "mine", 1);
    insert(taken);
    assertThat(failure(store().insert(collection(), run)).kind()).isEqualTo(Kind.DUPLICATE);
    var expected = new ArrayList<>(ids(run.subList(0, place + 1)));
    assertThat(found(Query.in(collection(), "_id").limit(1_000))).isEqualTo(expected);
    assertThat(get(expected.get(place))).isEqualTo(taken);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 98, 99})
  default void ofARunThatMeetsATakenUniqueKeyThePrefixSurvivesAndNothingBeyond(int place) {
    unique("l", "k");
    indexed("c", "seq");
    var run = run(100);
    insert(doc("taken", "l", 1, "k", "key" + place));
    assertThat(failure(store().insert(collection(), run)).kind()).isEqualTo(Kind.DUPLICATE);
    var expected = new ArrayList<>(ids(run.subList(0, place)));
    assertThat(found(Query.in(collection(), "seq").where("c", "c1").limit(1_000)))
        .as("by index")
        .isEqualTo(expected);
    expected.add("taken");
    assertThat(found(Query.in(collection(), "_id").limit(1_000))).isEqualTo(expected);
  }

  @Test
  default void aRunMayNotRepeatAKeyWithinItself() {
    var run = List.of(doc("a", "x", 1), doc("b"), doc("a", "x", 2), doc("c"));
    assertThat(failure(store().insert(collection(), run)).kind()).isEqualTo(Kind.DUPLICATE);
    assertThat(found(Query.in(collection(), "_id"))).containsExactly("a", "b");
    assertThat(get("a")).isEqualTo(doc("a", "x", 1));
  }

  @Test
  default void aDeletedKeyIsFreeAgain() {
    unique("u");
    insert(doc("a", "u", "one"), doc("b", "u", "two"));
    assertThat(await(store().delete(collection(), List.of("a", "missing", "a")))).isEqualTo(1);
    assertThat(get("a")).isNull();
    insert(doc("c", "u", "one"), doc("a", "u", "three"));
    assertThat(found(Query.in(collection(), "u"))).containsExactly("c", "a", "b");
    assertThat(await(store().delete(collection(), List.of()))).isZero();
  }

  @Test
  default void whatIsBeyondALimitIsRefusedAndNothingIsWritten() {
    var name = collection();
    assertThat(failure(store().insert(name, List.of())).kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure(store().insert(name, run(101))).kind()).isEqualTo(Kind.REFUSED);
    var withoutId = new BsonDocument("x", new BsonInt32(1));
    assertRefused(List.of(doc("a"), withoutId));
    assertRefused(List.of(doc("a"), new BsonDocument("_id", new BsonInt32(1))));
    assertRefused(List.of(doc("a"), doc("x".repeat(513))));
    assertRefused(List.of(doc("a"), doc("ü".repeat(257))));
    assertThat(failure(store().insert("not a name", run(1))).kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure(store().insert("x".repeat(65), run(1))).kind()).isEqualTo(Kind.REFUSED);
    var many = new ArrayList<String>();
    for (int i = 0; i <= Store.MAX_FOUND; i++) {
      many.add("id" + i);
    }
    assertThat(failure(store().get(name, many)).kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure(store().delete(name, many)).kind()).isEqualTo(Kind.REFUSED);
    assertThat(found(Query.in(name, "_id"))).isEmpty();
  }

  @Test
  default void documentsTooLargeTogetherAreRefused() {
    var half = "x".repeat(Store.MAX_BYTES / 2);
    assertRefused(List.of(doc("a", "x", half), doc("b", "x", half)));
    assertRefused(List.of(doc("c", "x", half + half)));
    assertThat(found(Query.in(collection(), "_id"))).isEmpty();
  }

  @Test
  default void aDocumentOfAMegabyteAndTheLongestIdAreTaken() {
    var id = "ü".repeat(256);
    var document = doc(id, "x", "y".repeat(1 << 20));
    insert(document);
    assertThat(get(id)).isEqualTo(document);
  }

  @Test
  default void pingTellsTheStoresTime() {
    var now = await(store().ping());
    assertThat(now)
        .isBetween(Instant.now().minus(Duration.ofHours(1)), Instant.now().plusSeconds(3600));
    assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MILLIS));
  }

  private void assertRefused(List<BsonDocument> run) {
    assertThat(failure(store().insert(collection(), run)).kind()).isEqualTo(Kind.REFUSED);
    assertThat(get("a")).isNull();
  }

  private static List<BsonDocument> run(int size) {
    var run = new ArrayList<BsonDocument>();
    for (int i = 0; i < size; i++) {
      var id = "id%03d".formatted(i);
      run.add(doc(id, "l", 1, "k", "key" + i, "c", "c1", "seq", (long) i));
    }
    return run;
  }
}
