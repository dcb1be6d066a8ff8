package chat.plenary.lab.workload;

import chat.plenary.client.Body;

/** A post of which its sender remembers what to repeat, edit and recall. */
final class Sent {
  final String group;
  final String ref;
  final Body body;
  volatile long seq;
  volatile boolean recalled;

  Sent(String group, String ref, Body body) {
    this.group = group;
    this.ref = ref;
    this.body = body;
  }
}
