package chat.plenary.bots.survey;

import chat.plenary.messaging.id.OrganisationId;

/** A survey as one organisation is asked it. */
record Run(OrganisationId organisation, String survey) {
  /** The key under which everything of it is kept. */
  String key() {
    return organisation.value() + "/" + survey;
  }
}
