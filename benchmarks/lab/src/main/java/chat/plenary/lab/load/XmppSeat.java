package chat.plenary.lab.load;

/**
 * A connection to a chat server that speaks XMPP: sits in the room of its group, muted presence.
 */
final class XmppSeat extends XmppWire implements Seat {
  static final String ROOMS = "conference." + DOMAIN;
  private static final String PASSWORD = "measured";
  private static final byte[] SUBJECT = bytes("<subject");
  private static final byte[] ID = bytes(" id='");

  private final Member member;
  private final String room;

  XmppSeat(Member member) {
    super("user" + member.number, PASSWORD);
    this.member = member;
    this.room = "group" + member.group + "@" + ROOMS;
  }

  @Override
  public Wire wire() {
    return this;
  }

  @Override
  void bound() {
    send(
        "<presence to='%s/user%d'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>"
            .formatted(room, member.number));
  }

  @Override
  public void post(int number) {
    send(
        "<message to='%s' type='groupchat' id='%s'><body>%s</body></message>"
            .formatted(room, Marker.digits(number), Marker.text(number)));
  }

  @Override
  public void keepAlive() {
    send(" ");
  }

  /** The room's subject comes last when one joins. The room shows senders what is theirs. */
  @Override
  void message(byte[] bytes, int from, int to, boolean isError) {
    if (isError) {
      int id = find(ID, bytes, from, to);
      int number = id < 0 ? -1 : Marker.number(bytes, id + ID.length, to);
      member.refused(number, text(bytes, from, to));
      return;
    }
    int number = Marker.last(bytes, from, to);
    if (number >= 0) {
      long now = System.nanoTime();
      member.shown(number, now);
      member.echoed(number, now);
    } else if (find(SUBJECT, bytes, from, to) >= 0) {
      member.ready();
    }
  }

  @Override
  void lost(String why) {
    member.lost(why);
  }
}
