package chat.plenary.lab.load;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A connection to the {@link Floor}: joins its group and sends bare texts. */
final class FloorSeat extends WebSocketWire implements Seat {
  private final Member member;

  FloorSeat(InetSocketAddress server, Member member) {
    super(server, "/");
    this.member = member;
  }

  @Override
  public Wire wire() {
    return this;
  }

  @Override
  public void post(int number) {
    send(Marker.bytes(number));
  }

  @Override
  public void keepAlive() {}

  @Override
  void upgraded() {
    send((Floor.JOIN + member.group).getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  void frame(byte[] bytes, int from, int to) {
    int number = Marker.last(bytes, from, to);
    if (number < 0) {
      member.ready();
      return;
    }
    long now = System.nanoTime();
    member.shown(number, now);
    member.echoed(number, now);
  }

  @Override
  void lost(String why) {
    member.lost(why);
  }
}
