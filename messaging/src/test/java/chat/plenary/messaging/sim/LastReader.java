package chat.plenary.messaging.sim;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.message.History;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells the observer what there is when all is quiet: which readers have all, and what the pages of
 * history say to somebody who was there from the beginning.
 */
final class LastReader {
  private final World world;
  private final Set<ConversationId> read = new LinkedHashSet<>();

  LastReader(World world) {
    this.world = world;
  }

  void read(OrganisationId organisation) {
    Observer observer = world.observer();
    for (Reader reader : world.readers()) {
      if (reader.settled()) {
        observer.settled(now(), reader.name(), reader.account(), reader.node());
      }
    }
    Caller caller = new Caller(world.owner(), organisation, null, Role.MEMBER, false);
    List<ConversationId> groups = world.groups();
    for (int i = 0; i < 20 && read.size() < groups.size(); i++) {
      SimulatedNode node = world.anyNode();
      for (ConversationId group : groups) {
        if (node != null && !read.contains(group)) {
          pages(node, caller, group, new ArrayList<>()).onSuccess(all -> tell(group, all));
        }
      }
      world.run(Duration.ofMillis(500));
    }
    if (read.size() < groups.size()) {
      world.checker().violated("Settles", "some group could not be read when all was quiet");
    }
  }

  private void tell(ConversationId group, List<EntryView> entries) {
    if (read.add(group)) {
      for (EntryView entry : entries) {
        world.observer().shown(now(), "the last reader", world.owner(), Observer.How.LAST, entry);
      }
    }
  }

  private static Future<List<EntryView>> pages(
      SimulatedNode node, Caller caller, ConversationId group, List<EntryView> found) {
    long after = found.isEmpty() ? 0 : found.get(found.size() - 1).entry().seq();
    return node.pages()
        .page(caller, group, 0, after, History.MAX_PAGE)
        .compose(
            page -> {
              found.addAll(page.entries());
              return page.entries().isEmpty()
                  ? Future.succeededFuture(found)
                  : pages(node, caller, group, found);
            });
  }

  private Duration now() {
    return world.scheduler().elapsed();
  }
}
