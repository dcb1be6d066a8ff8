package chat.plenary.bots.wecom;

/** The codes of that interface which this one answers, with the words that callers know. */
enum Errcode {
  /** Whoever is told so comes again; it may have happened. */
  BUSY(-1, "system busy"),
  OK(0, "ok"),
  WRONG_SECRET(40001, "invalid credential"),
  MSGTYPE(40008, "invalid msgtype"),
  CORPID(40013, "invalid corpid"),
  TOKEN(40014, "invalid access_token"),
  USERIDS_TOO_MANY(40032, "invalid userid list length"),
  PARAMETER(40035, "invalid parameter"),
  AGENTID(40056, "invalid agentid"),
  FIELD(40058, "invalid Request Parameter"),
  EMPTY(40063, "some parameters are empty"),
  NO_TOKEN(41001, "access_token missing"),
  NO_CORPID(41002, "corpid missing"),
  NO_SECRET(41004, "corpsecret missing"),
  NO_AGENTID(41011, "agentid missing"),
  TOKEN_EXPIRED(42001, "access_token expired"),
  EMPTY_TEXT(44004, "empty content"),
  TOO_LONG(45002, "message too long"),
  ARTICLES(45008, "too many articles"),
  TOO_OFTEN(45009, "api freq out of limit"),
  TOO_MANY_AT_ONCE(45033, "too many concurrent calls"),
  NOT_SERVED(48002, "no permission for this api"),
  DISABLED(50003, "the application is disabled"),
  NO_RECIPIENT(81013, "all users, parties and tags are invalid or not allowed"),
  TOO_MANY_PARTIES(82002, "too many parties"),
  TOO_MANY_TAGS(82003, "too many tags"),
  WEBHOOK(93000, "invalid webhook url");

  private final int number;
  private final String words;

  Errcode(int number, String words) {
    this.number = number;
    this.words = words;
  }

  int number() {
    return number;
  }

  String words() {
    return words;
  }
}
