package chat.plenary.lab.load;

/** The connection of a {@link Member} to one kind of server; used on the loop. */
interface Seat {
  Wire wire();

  /** Sends the message of that number to the member's group. */
  void post(int number);

  /** Says something where the server would take silence for absence. */
  void keepAlive();
}
