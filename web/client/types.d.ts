/** What crosses the wire (docs/protocol.md) and what the store holds. Types only: this file is never served. */

export interface Account { id: string; userid: string; name: string; role?: string; bot: boolean; disabled?: boolean }
export interface Me extends Account { role: string; organisation: { id: string; name: string } }
export interface Problem { type: string; title: string; status: number; detail: string; field?: string; retryAfter?: number }

export interface Body {
  type: string; text?: string; mentions?: string[]; all?: boolean; quote?: number; card?: Card; meeting?: Meeting;
}
export interface Meeting {
  id: string; title: string; organiser: string; start: string; end: string; zone: string;
  recurrence: { every: string; count: number } | null; languages: string[];
  provider: { name: string; title: string; simulated?: boolean; captions?: boolean }; code: string | null;
  state: "making" | "scheduled" | "live" | "ended" | "cancelled" | "failed"; problem: string | null;
}
export interface MeetingView extends Meeting {
  conversation: string; seq: number | null; rsvp: { yes: number; no: number; maybe: number; mine: string | null };
  live: { count: number; accounts: string[]; guests: number } | null;
  may: { change: boolean; retry?: boolean; interpret: string[]; attendance: boolean };
  after: { seconds: number; links: { kind: string; title: string; url: string; expires: string | null }[] } | null;
  occurrence: { start: string; end: string; number: number; of: number } | null;
}
export interface Translated { language: string; text?: string; engine?: string; title?: string; problem?: string }
/** A sentence that was spoken; growing until it has a number. */
export interface Caption {
  meeting: string; key: string; seq: number | null; speaker: { account: string | null; name: string }; language: string; text: string;
  from: string; to: string; by: string; translations: Translated[]; recalled?: boolean;
  /** Why captions of that speaker stopped. */
  problem?: string;
}
export interface Mark { seq: number; at: string; by?: string }
export interface Entry {
  conversation: string; seq: number; m: number; kind: string; version: number; sender: string;
  ref?: string; at: string; body: any; edited?: Mark; recalled?: Mark;
}
export interface Position { seq: number; m: number }
export interface Last { seq: number; kind: string; sender: string; at: string; body: any; recalled?: Mark }

/** A conversation as the protocol tells it, with the run of entries that this client holds. */
export interface Conversation {
  id: string; kind: "group" | "direct"; name?: string; with?: string; members: number; role: string | null;
  history: boolean; head: Position; from: number; position: Position; mentions: number[]; last: Last | null;
  unread?: number;
  /** What the group speaks, and whether its messages may be translated, and by which engines. */
  languages?: string[]; translation?: "off" | "inside" | "outside";
  /** Entries by number: of those held all but captions. */
  entries: Entry[];
  /** From which number to which they are held; null where none are. */
  held: { first: number; last: number } | null;
}

export interface Outgoing {
  ref: string; conversation: string; kind: "post" | "edit" | "recall"; body?: Body; target?: number; at: string;
  state: "waiting" | "sent" | "unknown" | "refused"; problem?: Problem; order: number;
  /** Its number, once it is accepted. */
  seq?: number;
}
export interface Receipt { read: number; unread: number }

export interface Option { id: string; text: string; is_checked?: boolean }
export interface Choice { question_key: string; title?: string; option_list: Option[]; selected_id?: string; mode?: number; most?: number }
export interface Button { text: string; key?: string; url?: string; type?: number; style?: number }
export interface TextInput { question_key: string; title?: string; max_length?: number; value?: string }
export interface Link { type?: number; url?: string; title?: string }
export interface Card {
  card_type: string; task_id?: string; source?: { desc?: string; desc_color?: number; icon_url?: string };
  main_title?: { title?: string; desc?: string }; sub_title_text?: string;
  quote_area?: Link & { quote_text?: string }; emphasis_content?: { title?: string; desc?: string };
  horizontal_content_list?: { type?: number; keyname: string; value?: string; url?: string; userid?: string }[];
  vertical_content_list?: { title: string; desc?: string }[]; jump_list?: Link[]; card_action?: Link;
  card_image?: { url: string; aspect_ratio?: number }; image_text_area?: Link & { desc?: string; image_url: string };
  checkbox?: Choice; select_list?: Choice[]; button_selection?: Choice; button_list?: Button[];
  submit_button?: { text?: string; key: string }; text_input?: TextInput; progress?: { value: number; of: number };
}
export interface Selected { question_key: string; option_ids: string[] }
export interface Text { question_key: string; text: string }
export interface CardView { state: "open" | "answered" | "closed"; card: Card | null; selected?: Selected[]; texts?: Text[]; message?: string }

/** Everything that the screens are drawn from. Replaced, never changed in place. */
export interface State {
  me: Me | null;
  /** connecting also while waiting to try again. */
  connection: "off" | "connecting" | "live";
  /** Since when there is no connection, in milliseconds of the clock; 0 while live. */
  lostAt: number;
  listed: boolean;
  conversations: Map<string, Conversation>;
  accounts: Map<string, Account>;
  outbox: Outgoing[];
  receipts: Map<string, Receipt>;
  typing: Map<string, Map<string, number>>;
  cards: Map<string, number>;
  results: number;
  /** The language that the reader is translated to; null for none, undefined while it is not known. */
  readsIn: string | null | undefined;
}
export interface Results {
  survey: string; title: Record<string, string>; state: string; n: number | null; exact: boolean; step: number;
  threshold: number; demo: boolean; note: Record<string, string>; withheld?: string | Record<string, string>;
  questions: ResultQuestion[];
}
export interface ResultQuestion {
  id: string; title: Record<string, string>; type: string; most?: number; n: number | null;
  options: { id: string; label: Record<string, string>; count: number | null; rank: number | null }[];
}
