package chat.plenary.integrations.speech;

import chat.plenary.messaging.fault.Fault;

/** What the codes of Tencent's realtime speech services mean, and whether another try may help. */
enum SpeechTranslateCode {
  TOO_FAST(4000, Fault.Code.UNAVAILABLE, "was given audio too fast", true),
  PARAMETERS(4001, Fault.Code.INVALID, "does not take these languages or settings", false),
  KEY(4002, Fault.Code.FORBIDDEN, "does not take the key", false),
  NOT_OPENED(4003, Fault.Code.FORBIDDEN, "is not opened for this account", false),
  USED_UP(4004, Fault.Code.TOO_MANY, "has used up what this account has paid for", false),
  ARREARS(4005, Fault.Code.FORBIDDEN, "waits for this account to pay", false),
  CONCURRENCY(4006, Fault.Code.TOO_MANY, "hears as many speeches of this account as it may", false),
  DECODING(4007, Fault.Code.INVALID, "does not understand the form of the audio", false),
  SILENCE(4008, Fault.Code.UNAVAILABLE, "got no audio for 15 s", true),
  CLOSED(4009, Fault.Code.UNAVAILABLE, "lost the connection", true),
  UNKNOWN_TEXT(4010, Fault.Code.INVALID, "does not know a message that it was sent", false),
  INSIDE(5000, Fault.Code.UNAVAILABLE, "failed inside", true),
  ABROAD(6001, Fault.Code.FORBIDDEN, "wants the international account for calls from here", false),
  OTHER(0, Fault.Code.UNAVAILABLE, "failed", false);

  private final int number;
  private final Fault.Code code;
  private final String words;
  private final boolean again;

  SpeechTranslateCode(int number, Fault.Code code, String words, boolean again) {
    this.number = number;
    this.code = code;
    this.words = words;
    this.again = again;
  }

  static SpeechTranslateCode of(int number) {
    if (number >= 5000 && number <= 5002) {
      return INSIDE;
    }
    for (SpeechTranslateCode one : values()) {
      if (one.number == number) {
        return one;
      }
    }
    return OTHER;
  }

  /** Whether a new speech may go on where this one broke off. */
  boolean again() {
    return again;
  }

  /** In words for people, with the number as the service told it. */
  Fault fault(String title, int told) {
    String sentence = title + " " + words + " (" + told + ").";
    return code == Fault.Code.TOO_MANY ? Fault.tooMany(sentence, 60) : Fault.of(code, sentence);
  }
}
