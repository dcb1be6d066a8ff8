package chat.plenary.messaging.store;

import static chat.plenary.messaging.store.StoreUnderTest.await;
import static chat.plenary.messaging.store.StoreUnderTest.doc;
import static chat.plenary.messaging.store.StoreUnderTest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.store.StoreException.Kind;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Indexes as such. */
interface IndexContract extends StoreUnderTest {
  @Test
  default void creatingAnIndexAgainOrManyTimesAtOnceDoesNothing() {
    var index = Index.unique(collection(), "u");
    var all = Future.all(IntStream.range(0, 8).mapToObj(i -> store().index(index)).toList());
    await(all);
    await(store().index(index));
    insert(doc("a", "u", 1));
    await(store().index(index));
    assertThat(found(Query.in(collection(), "u"))).containsExactly("a");
  }

  @Test
  default void anIndexOnACollectionWithDocumentsHoldsThem() {
    insert(doc("a", "c", "x", "seq", 3), doc("b", "c", "x", "seq", 1), doc("c"));
    indexed("c", "seq");
    assertThat(found(Query.in(collection(), "seq").where("c", "x"))).containsExactly("b", "a");
  }

  @Test
  default void aMissingFieldCountsAsNullInAUniqueIndex() {
    unique("u");
    insert(doc("a"));
    assertThat(failure(store().insert(collection(), List.of(doc("b")))).kind())
        .isEqualTo(Kind.DUPLICATE);
    assertThat(failure(store().insert(collection(), List.of(doc("b", "u", null)))).kind())
        .isEqualTo(Kind.DUPLICATE);
    insert(doc("b", "u", 0), doc("c", "u", ""));
  }

  @Test
  default void aUniqueIndexOfSeveralFieldsAllowsAgreementInSome() {
    unique("l", "k");
    insert(doc("a", "l", 1, "k", "x"), doc("b", "l", 1, "k", "y"), doc("c", "l", 2, "k", "x"));
    insert(doc("d", "l", 1, "k", "xx"), doc("e", "l", 1), doc("f", "k", "x"), doc("g"));
    assertThat(failure(store().insert(collection(), List.of(doc("h", "l", 1L, "k", "x")))).kind())
        .isEqualTo(Kind.DUPLICATE);
  }

  @Test
  default void severalIndexesServeTheirOwnQueries() {
    indexed("a", "n");
    indexed("b", "n");
    unique("n");
    insert(doc("1", "a", "x", "b", "y", "n", 2), doc("2", "a", "x", "b", "z", "n", 1));
    assertThat(found(Query.in(collection(), "n").where("a", "x"))).containsExactly("2", "1");
    assertThat(found(Query.in(collection(), "n").where("b", "y"))).containsExactly("1");
    assertThat(found(Query.in(collection(), "n"))).containsExactly("2", "1");
    assertThat(found(Query.in(collection(), "a"))).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  default void anIndexOnAPathIsRefused() {
    assertThat(failure(store().index(Index.of(collection(), "a.b"))).kind())
        .isEqualTo(Kind.REFUSED);
    assertThat(failure(store().index(Index.of("not a name", "a"))).kind()).isEqualTo(Kind.REFUSED);
  }
}
