-------------------------------- MODULE Lane --------------------------------
(* The append protocol of one lane: any number of nodes, each of which may believe that it owns the lane, write
   runs of entries to one replicated store. A node that pauses simply takes no step.

   Reading order: the store; a node's day (Arrive, Propose, AllWell | GiveUp, CatchUp, LookUp, Refuse, Expire);
   handing over (HandOver, Deliver, HandedBack | TakeBack, ExpireAway); what readers see; what must hold; what clients send (the scripts).

   Names in Rules are the rules that mend the first draft of the design; names in Mutant break one rule each. *)
EXTENDS Naturals, Sequences, FiniteSets, TLC

CONSTANTS
  Nodes,          \* a symmetric set of model values
  Cmds,           \* what clients send: a sequence of commands, see the scripts at the end
  MaxRun,         \* documents in a run
  MaxGiveUps,     \* times a node may stop waiting for a write whose outcome is open
  MaxElections,   \* elections that may roll back what is not yet committed
  MaxCrashes,     \* restarts with empty memory
  MaxOvers,       \* batches that are handed over to another node
  MaxBatch,       \* commands in a batch
  ServerKeeps,    \* "prefix": of an ordered insert a prefix survives; "subset": any part of it (a non-conforming server)
  OutsideFacts,   \* TRUE: a judgement also rests on a fact that does not come from this lane (a disabled account, a clock)
  OneByOne,       \* TRUE: a client repeats a ref only after its earlier attempt was answered
  Follow,         \* TRUE: Bob's device follows the lane from node to node
  Rules,          \* subset of AllRules
  Mutant          \* "none" or one of Mutants

AllRules == {"ReadOwn", "FreshRefusal", "ClosedRun", "SettledRefusal", "HoldAll", "PromptOwner"}
Mutants == {"AcceptEarly", "RingEarly", "DirtyTail", "Pipelining", "RefuseUnlooked", "KeyWithoutSender", "NoKey",
            "JudgeEarly", "NoRejudge", "JudgeAtRunStart", "RefuseOnRun", "UnknownIsFailed", "AbsenceIsFailure",
            "NoHold", "KeepTrying", "JudgedThenRead", "NoLookUp", "RefuseHandedBack", "ServedTwice", "TwoPlaces",
            "RestServed", "ServedLate", "TwoUnderWay", "BatchUnordered", "UnknownPassedOver", "RunNotClosed"}
ASSUME Rules \subseteq AllRules /\ Mutant \in Mutants \cup {"none"}

Attempts == 1..Len(Cmds)            \* an attempt is one sending of a command; w in the store's documents
Sessions == {Cmds[a].sess : a \in Attempts}
(* What was handed over is served by another node under a number of its own, N higher (a second copy: 2N); it is the same attempt. *)
N == Len(Cmds)
All == IF MaxOvers = 0 THEN Attempts ELSE 1..(3 * N)
Orig(x) == ((x - 1) % N) + 1
Handed == 99                        \* "proposed" at a number that T never reaches
NoNode == "nobody"
Gone   == "gone"
Bob    == "bob"                     \* the member who is removed, and the reader

VARIABLES
  log,       \* the store: committed by a majority, in the order of its operation log
  tail,      \* the store: applied by the primary, not yet committed
  fly,       \* the store: runs under way, [docs, pos: applied so far, own: node that waits for it, or NoNode]
  app,       \* node -> the entries it has applied; Len(app[n]) is its T
  queue,     \* node -> waiting attempts, in order of arrival
  run,       \* node -> documents of its unresolved run, or << >>
  out,       \* node -> has it learned of the outside fact?
  home,      \* session -> the node that it is connected to
  held,      \* session -> refs answered unknown and not settled since
  ans,       \* attempt -> [is, n]: "new", "open", "accepted" (at n), "refused", "conflict" or "unknown"
  arr,       \* attempt -> (for the checker) how much was committed when it arrived
  high,      \* attempt -> the highest n at which its node proposed it
  bus,       \* documents rung before the store answered (only by a mutant)
  cur, seen, \* Bob's device: lane number reached, entries shown
  given,     \* node -> of the batch that it has handed over and waits for, what is not answered yet; one batch at a time
  msgs,      \* batches under way, [cmds, from, to, no]; one may come late or never, and only by a mutant twice
  spent      \* budgets used: [giveUps, elections, crashes, overs]

vars == <<log, tail, fly, app, queue, run, out, home, held, ans, arr, high, bus, cur, seen, given, msgs, spent>>
storeVars == <<log, tail, fly>>
nodeVars  == <<app, queue, run, out, high>>
sessVars  == <<home, held, ans, arr>>
overVars  == <<given, msgs>>
readVars  == <<bus, cur, seen, overVars>>

------------------------------------------------------------------------------
(* Small words. A document is [n: lane number, s: number in its conversation, a: attempt]; the rest follows from a. *)
Range(q)   == {q[i] : i \in DOMAIN q}
Min(x, y)  == IF x < y THEN x ELSE y
First(q,m) == SubSeq(q, 1, Min(m, Len(q)))
Cmd     == [a \in All |-> Cmds[Orig(a)]]
Kind(a) == Cmd[a].kind
Conv(a) == Cmd[a].conv
By(a)   == Cmd[a].by
Ref(a)  == Cmd[a].ref
Sess(a) == IF a \in Attempts THEN Cmd[a].sess ELSE 100 + Cmd[a].sess      \* a served copy is on its path's, of that node
Body(a) == Cmd[a].body              \* stands for h, and for whom a remove, join or recall is about
Keys    == [a \in All |-> IF Mutant = "KeyWithoutSender" THEN <<Conv(a), Ref(a)>> ELSE <<Conv(a), By(a), Ref(a)>>]
Key(a)  == Keys[a]
Unique  == Mutant # "NoKey"
Doc(n, s, a) == [n |-> n, s |-> s, a |-> a]
Has(docs, k) == \E d \in docs : Key(d.a) = k
Singles == {s \in Sessions : Cardinality({a \in Attempts : Sess(a) = s}) = 1}

(* Conversation state after a sequence of entries. *)
Changes(L, c, who) == {i \in 1..Len(L) : Kind(L[i].a) \in {"remove", "join"} /\ Conv(L[i].a) = c /\ Body(L[i].a) = who}
IsMember(L, c, who) ==
  LET ch == Changes(L, c, who) IN
  IF ch = {} THEN who # "dan"                                         \* Dan starts outside
  ELSE Kind(L[CHOOSE i \in ch : \A j \in ch : j <= i].a) = "join"
NextSeq(L, c) == 1 + Cardinality({i \in 1..Len(L) : Conv(L[i].a) = c})
Recalled(L, k) == \E i \in 1..Len(L) : Kind(L[i].a) = "recall" /\ <<Conv(L[i].a), By(L[i].a), Body(L[i].a)>> = k
Acceptable(L, a) ==
  CASE Kind(a) = "post"   -> IsMember(L, Conv(a), By(a))
    [] Kind(a) = "remove" -> IsMember(L, Conv(a), Body(a))
    [] Kind(a) = "join"   -> ~IsMember(L, Conv(a), Body(a))
    [] Kind(a) = "recall" -> /\ \E i \in 1..Len(L) : Kind(L[i].a) = "post" /\ Key(L[i].a) = <<Conv(a), By(a), Body(a)>>
                             /\ ~Recalled(L, <<Conv(a), By(a), Body(a)>>)

------------------------------------------------------------------------------
(* The store. One document of an ordered insert after the other, unique by n and by key. A write whose sender no
   longer waits may land at any later time, or never. Majority reads return a committed prefix, perhaps an old one. *)
Taken(d) == \E x \in Range(log) \cup Range(tail) : x.n = d.n \/ (Unique /\ Key(x.a) = Key(d.a))

Land(o) ==
  LET d == o.docs[o.pos + 1]
      dup == Taken(d)
      stops == dup /\ ServerKeeps = "prefix"
      o2 == [o EXCEPT !.pos = @ + 1]
  IN /\ tail' = IF dup THEN tail ELSE Append(tail, d)
     /\ fly' = (fly \ {o}) \cup (IF stops \/ o2.pos = Len(o.docs) THEN {} ELSE {o2})
     /\ UNCHANGED <<log, nodeVars, sessVars, readVars, spent>>

Commit ==
  /\ tail # << >>
  /\ log' = Append(log, Head(tail)) /\ tail' = Tail(tail)
  /\ UNCHANGED <<fly, nodeVars, sessVars, readVars, spent>>

(* A new primary keeps a prefix of what was not committed; a run under way goes on (a retry by the driver, a request that
   was waiting for a primary) only if all that it had applied was kept. *)
Election ==
  /\ spent.elections < MaxElections
  /\ tail # << >>
  /\ spent' = [spent EXCEPT !.elections = @ + 1]
  /\ \E keep \in IF ServerKeeps = "prefix" THEN {1..m : m \in 0..(Len(tail) - 1)} ELSE SUBSET (1..Len(tail)) \ {1..Len(tail)} :
       LET lost == {tail[i] : i \in (1..Len(tail)) \ keep}
       IN /\ tail' = SelectSeq(tail, LAMBDA d : d \notin lost)
          /\ fly' = {o \in fly : ServerKeeps = "subset" \/ \A i \in 1..o.pos : o.docs[i] \notin lost}
  /\ UNCHANGED <<log, nodeVars, sessVars, readVars>>

------------------------------------------------------------------------------
(* Answers. *)
Settled(S, f) ==                    \* S: attempts answered now, f: attempt -> [is, n]
  IF S = {} THEN UNCHANGED <<ans, arr, high>> ELSE
  /\ ans' = [a \in All |-> IF a \in S /\ ans[a].is = "open" THEN f[a] ELSE ans[a]]
  /\ arr' = [a \in All |-> IF a \in S /\ f[a].is # "refused" THEN 0 ELSE arr[a]]
  /\ high' = [a \in All |-> IF a \in S THEN 0 ELSE high[a]]
Waiting(n, S) == SelectSeq(queue[n], LAMBDA a : a \notin S)
(* A ref that is settled is no longer held. *)
Release(n, S, docs) ==
  IF \A s \in Sessions : held[s] = << >> THEN held ELSE
  [s \in Sessions |-> SelectSeq(held[s], LAMBDA r :
     /\ ~ \E a \in S : Sess(a) = s /\ Ref(a) = r
     /\ ~ \E d \in docs : home[s] = n /\ Ref(d.a) = r /\ \E b \in Attempts : Sess(b) = s /\ Ref(b) = r /\ Key(b) = Key(d.a))]

(* What an entry found under an attempt's key says: the same body is the first result, another is a conflict;
   after a recall there is no body to compare with, sooner or later. *)
Verdicts(d, a) ==
  LET ok == [is |-> "accepted", n |-> d.n]
      no == [is |-> "conflict", n |-> 0]
  IN IF Body(d.a) = Body(a) THEN {ok} ELSE IF Recalled(log, Key(a)) THEN {ok, no} ELSE {no}

(* Node n has applied docs: answer those of its waiting attempts whose key is among them. *)
Recognise(n, docs) ==
  LET S == {a \in Range(queue[n]) : Has(docs, Key(a))}
      D(a) == CHOOSE d \in docs : Key(d.a) = Key(a)
  IN /\ \E pick \in IF \A a \in S : Cardinality(Verdicts(D(a), a)) = 1 THEN {TRUE} ELSE BOOLEAN :
          Settled(S, [a \in S |-> LET v == Verdicts(D(a), a) IN
                        IF Cardinality(v) = 1 THEN CHOOSE x \in v : TRUE ELSE CHOOSE x \in v : (x.is = "accepted") = pick])
     /\ queue' = [queue EXCEPT ![n] = Waiting(n, S)]
     /\ held' = Release(n, S, docs)

------------------------------------------------------------------------------
(* A node's day. *)

(* A session's commands travel one path in order. After an unknown, the path takes only repetitions of what it holds, the
   oldest first, and what a look-up finds; anything else is answered unknown without being tried, and held too. *)
InPath(n, s) == {Ref(b) : b \in {b \in Range(queue[n]) \cup Range(given[n]) : Sess(b) = s}}
Elsewhere(n, s) == \E b \in Range(given[n]) : Sess(b) = s      \* a path is in one place at a time
OnPath(n, a) ==
  LET due == SelectSeq(held[Sess(a)], LAMBDA r : r \notin InPath(n, Sess(a)))
  IN due = << >> \/ Head(due) = Ref(a) \/ Has(Range(log), Key(a)) \/ Mutant = "NoHold"
HoldMore(h, refs) == IF "HoldAll" \in Rules THEN h \o SelectSeq(refs, LAMBDA r : r \notin Range(h))
                     ELSE IF h = << >> THEN First(refs, 1) ELSE h      \* the first draft: only the first unknown is remembered

Arrive(a) ==
  LET s == Sess(a) IN
  /\ ans[a].is = "new"
  /\ \A b \in 1..(a-1) : (Sess(b) = s \/ Key(b) = Key(a)) => ans[b].is # "new"
  /\ OneByOne => \A b \in 1..(a-1) : Key(b) = Key(a) => ans[b].is \notin {"new", "open"}
  /\ home[s] # Gone
  /\ \E n \in IF home[s] = NoNode THEN Nodes ELSE {home[s]} :
       /\ ~Elsewhere(n, s)
       /\ home' = IF s \in Singles THEN home ELSE [home EXCEPT ![s] = n]
       /\ IF OnPath(n, a)
          THEN /\ ans' = [ans EXCEPT ![a].is = "open"]
               /\ arr' = [arr EXCEPT ![a] = Len(log)]
               /\ queue' = [queue EXCEPT ![n] = Append(@, a)]
               /\ high' = IF Mutant = "JudgeEarly" /\ Acceptable(app[n], a) THEN [high EXCEPT ![a] = 1] ELSE high
               /\ UNCHANGED held
          ELSE /\ ans' = [ans EXCEPT ![a].is = "unknown"]
               /\ held' = [held EXCEPT ![s] = HoldMore(@, <<Ref(a)>>)]
               /\ UNCHANGED <<queue, arr, high>>
  /\ UNCHANGED <<storeVars, app, run, out, readVars, spent>>

Outside(n, a) == OutsideFacts /\ out[n] /\ By(a) = Bob
Skips(a) == (Mutant = "JudgeEarly" \/ Mutant = "NoRejudge") /\ high[a] > 0      \* judged once, never again

(* Number, in order, what may be appended; what may not, waits with all that its session sent after it. Each command is
   judged against the state at its own place. A key that is in the run already waits too. ClosedRun: it must be acceptable
   at T as well, and nothing of its conversation follows an entry that changes what is judged (anything but a post). *)
Closed(docs, c) == \E i \in 1..Len(docs) : Conv(docs[i].a) = c /\ Kind(docs[i].a) # "post"
Fits(n, base, docs, a) ==
  /\ ~Outside(n, a)
  /\ Acceptable(IF Mutant = "JudgeAtRunStart" THEN base ELSE base \o docs, a)
  /\ ("ClosedRun" \in Rules /\ Mutant # "JudgeAtRunStart") => Acceptable(base, a) /\ (~Closed(docs, Conv(a)) \/ Mutant = "RunNotClosed")
RECURSIVE Build(_, _, _, _, _)
Build(n, base, docs, q, blocked) ==
  IF q = << >> \/ Len(docs) = MaxRun THEN docs
  ELSE LET a == Head(q)
           L == base \o docs
           mine == Range(docs) \cup Range(run[n])
       IN IF a \in {d.a : d \in Range(run[n])} THEN Build(n, base, docs, Tail(q), blocked)
          ELSE IF Sess(a) \notin blocked /\ ~Has(mine, Key(a)) /\ (Skips(a) \/ Fits(n, base, docs, a))
          THEN Build(n, base, Append(docs, Doc(Len(L) + 1, NextSeq(L, Conv(a)), a)), Tail(q), blocked)
          ELSE Build(n, base, docs, Tail(q), blocked \cup {Sess(a)})

Propose(n) ==
  /\ run[n] = << >> \/ (Mutant = "Pipelining" /\ Cardinality({o \in fly : o.own = n}) < 2)
  /\ queue[n] # << >>
  /\ LET docs == Build(n, app[n] \o run[n], << >>, queue[n], {}) IN
     \E m \in 1..Len(docs) :
       LET r == First(docs, m)
           S == {d.a : d \in Range(r)}
       IN /\ run' = [run EXCEPT ![n] = @ \o r]
          /\ fly' = fly \cup {[docs |-> r, pos |-> 0, own |-> n]}
          /\ high' = IF "SettledRefusal" \in Rules \/ Mutant \in {"NoRejudge", "AbsenceIsFailure"}
                     THEN [a \in All |-> IF \E d \in Range(r) : d.a = a /\ d.n > high[a] THEN (CHOOSE d \in Range(r) : d.a = a).n ELSE high[a]]
                     ELSE high
          /\ bus' = IF Mutant = "RingEarly" THEN bus \cup Range(r) ELSE bus
          /\ IF Mutant = "AcceptEarly"
             THEN ans' = [a \in All |-> IF a \in S THEN [is |-> "accepted", n |-> (CHOOSE d \in Range(r) : d.a = a).n] ELSE ans[a]]
             ELSE UNCHANGED ans
  /\ UNCHANGED <<log, tail, app, queue, out, home, held, arr, cur, seen, overVars, spent>>

RECURSIVE Extend(_, _)
Extend(L, docs) == IF \E d \in docs : d.n = Len(L) + 1 THEN Extend(Append(L, CHOOSE d \in docs : d.n = Len(L) + 1), docs) ELSE L

(* What node n has applied after reading the first p entries of source: all that follows T without a gap. *)
Applied(n, source, p) == IF ServerKeeps = "subset" THEN Extend(app[n], {source[i] : i \in 1..p})
                         ELSE IF p > Len(app[n]) THEN First(source, p) ELSE app[n]

(* The store has acknowledged the whole run: apply, answer, ring. *)
AllWell(n) ==
  /\ run[n] # << >>
  /\ Range(run[n]) \subseteq Range(log)
  /\ app' = [app EXCEPT ![n] = Applied(n, log, Min(Len(log), run[n][Len(run[n])].n))]
  /\ Recognise(n, Range(run[n]))
  /\ run' = [run EXCEPT ![n] = << >>]
  /\ UNCHANGED <<storeVars, out, home, readVars, spent>>

(* Anything else: an error, a lost reply, or patience at its end (only the last two are counted). The run's commands are still in
   the queue, in order; the write may still land. *)
GiveUp(n) ==
  LET mine == {o \in fly : o.own = n}
      open == mine # {} \/ \E d \in Range(run[n]) : d \in Range(tail) \cup Range(log)
  IN /\ run[n] # << >>
     /\ open => spent.giveUps < MaxGiveUps
     /\ spent' = IF open THEN [spent EXCEPT !.giveUps = @ + 1] ELSE spent
     /\ fly' = (fly \ mine) \cup {[o EXCEPT !.own = NoNode] : o \in mine}
     /\ run' = [run EXCEPT ![n] = << >>]
     /\ UNCHANGED <<log, tail, app, queue, out, high, sessVars, readVars>>

(* Read what is beyond T by majority. A stale read returns an older prefix: then nothing changes. A ring is the
   same step: what was rung is committed. *)
CatchUp(n) ==
  LET source == IF Mutant = "DirtyTail" THEN log \o tail ELSE log IN
  \E p \in (IF ServerKeeps = "subset" THEN 1 ELSE Len(app[n]) + 1)..Len(source) :
    LET L == Applied(n, source, p)
        news == {L[i] : i \in (Len(app[n]) + 1)..Len(L)}
    IN /\ news # {}
       /\ app' = [app EXCEPT ![n] = L]
       /\ Recognise(n, news)
       /\ UNCHANGED <<storeVars, run, out, home, readVars, spent>>

(* A mutant's ring: a document that the store has not acknowledged. *)
EarlyRing(n) ==
  \E d \in bus :
    /\ d.n = Len(app[n]) + 1
    /\ app' = [app EXCEPT ![n] = Append(@, d)]
    /\ Recognise(n, {d})
    /\ UNCHANGED <<storeVars, run, out, home, readVars, spent>>

(* Look a waiting command's key up in the store, and find it. *)
LookUp(n, a) ==
  /\ Mutant # "NoLookUp"
  /\ \E d \in Range(log) :
       /\ Key(d.a) = Key(a)
       /\ \E v \in Verdicts(d, a) : Settled({a}, [x \in {a} |-> v])
  /\ queue' = [queue EXCEPT ![n] = Waiting(n, {a})]
  /\ held' = Release(n, {a}, {})
  /\ UNCHANGED <<storeVars, app, run, out, home, readVars, spent>>

(* Refuse: not acceptable at T, and its key is absent from a majority read. The read returned at least the first f committed entries.
   A rule makes f grow: ReadOwn: reads are never older than what this node has applied. FreshRefusal: T and the look-up come from reads
   that followed an acknowledged majority write begun after the command arrived. *)
Floor(n, a) == LET own == IF "ReadOwn" \in Rules THEN Len(app[n]) ELSE 0
                   fresh == IF "FreshRefusal" \in Rules THEN arr[a] ELSE 0
               IN IF own > fresh THEN own ELSE fresh
RefusalState(n) == IF Mutant = "RefuseOnRun" THEN app[n] \o run[n] ELSE app[n]
MayRefuse(n, a) ==
  /\ a \notin {d.a : d \in Range(run[n])}
  /\ ~Acceptable(RefusalState(n), a) \/ Outside(n, a)
  /\ "FreshRefusal" \in Rules => Len(app[n]) >= arr[a]
  /\ "SettledRefusal" \in Rules => Len(app[n]) >= high[a]                     \* the numbers it was proposed at are taken
  /\ high[a] # Handed \/ Mutant = "RefuseHandedBack"                          \* another node may be appending it
  /\ Mutant = "RefuseUnlooked" \/ ~Has(Range(First(log, Floor(n, a))), Key(a))
(* Who handed a command over hears of a refusal only with the answers of all its batch, or never. So a refusal takes along, as
   unknown, what waits behind it of its path, but for what is refused in the same breath. *)
Refuse(n, a) ==
  LET path == SelectSeq(queue[n], LAMBDA b : Sess(b) = Sess(a))
      cut == a \notin Attempts /\ Mutant # "RestServed"
  IN
  /\ \A b \in Range(path) : b >= a                                           \* in turn
  /\ \E k \in IF cut THEN 1..Len(path) ELSE {1} :
       LET no == IF cut THEN Range(First(path, k)) ELSE {a}
           S == IF cut THEN Range(path) ELSE {a}
       IN /\ \A b \in no : MayRefuse(n, b)
          /\ Settled(S, [x \in S |-> [is |-> IF x \in no THEN "refused" ELSE "unknown", n |-> 0]])
          /\ queue' = [queue EXCEPT ![n] = Waiting(n, S)]
          /\ held' = Release(n, S, {})
  /\ UNCHANGED <<storeVars, app, run, out, home, readVars, spent>>

(* With "PromptOwner" a copy is let go of at its deadline, not later than where it came from: nobody is stopped just then. *)
GoneElsewhere(a) == "PromptOwner" \in Rules /\ a \in Attempts => \A c \in {a + N, a + 2 * N} : ans[c].is # "open"
(* A batch says until when it is worth serving. *)
NotWorthServing(a) == msgs' = IF Mutant = "ServedLate" THEN msgs ELSE {x \in msgs : a \notin Range(x.cmds)}
(* The deadline: unknown, together with all that the session sent after it; not proposed again. *)
Expire(n, a) ==
  /\ ans[a].is = "open"
  /\ GoneElsewhere(a)
  /\ LET s == Sess(a)
         late == SelectSeq(queue[n], LAMBDA b : Sess(b) = s /\ b >= a)
         S == Range(late)
         answer == [is |-> IF Mutant = "UnknownIsFailed" THEN "refused" ELSE "unknown", n |-> 0]
     IN /\ Settled(S, [x \in S |-> answer])
        /\ queue' = IF Mutant = "KeepTrying" THEN queue ELSE [queue EXCEPT ![n] = Waiting(n, S)]
        /\ held' = IF s \in Singles \/ s \notin Sessions THEN held ELSE
             [held EXCEPT ![s] = LET refs == [i \in 1..Len(late) |-> Ref(late[i])]
                                 IN HoldMore(<<>>, HoldMore(refs, @))]
  /\ NotWorthServing(a)
  /\ UNCHANGED <<storeVars, app, run, out, home, bus, cur, seen, given, spent>>

(* A mutant: after a write was given up, a read does not show it, so it is called failed. *)
AbsenceFails(n, a) ==
  /\ Mutant = "AbsenceIsFailure"
  /\ high[a] > 0 /\ run[n] = << >>
  /\ ~Has(Range(log), Key(a))
  /\ Settled({a}, [x \in {a} |-> [is |-> "refused", n |-> 0]])
  /\ queue' = [queue EXCEPT ![n] = Waiting(n, {a})]
  /\ UNCHANGED <<storeVars, app, run, out, home, held, readVars, spent>>

(* A restart: memory is empty, the sessions are gone (to their clients that is an unknown), writes under way are not. *)
Crash(n) ==
  /\ spent.crashes < MaxCrashes
  /\ spent' = [spent EXCEPT !.crashes = @ + 1]
  /\ app' = [app EXCEPT ![n] = << >>]
  /\ queue' = [queue EXCEPT ![n] = << >>]
  /\ run' = [run EXCEPT ![n] = << >>]
  /\ fly' = {IF o.own = n THEN [o EXCEPT !.own = NoNode] ELSE o : o \in fly}
  /\ home' = [s \in Sessions |-> IF home[s] = n THEN Gone ELSE home[s]]
  /\ high' = [a \in All |-> IF a \in Range(queue[n]) \cup Range(given[n]) THEN 0 ELSE high[a]]
  /\ arr' = [a \in All |-> IF a \in Range(queue[n]) \cup Range(given[n]) THEN 0 ELSE arr[a]]
  /\ ans' = [a \in All |-> IF a \in Range(queue[n]) \cup Range(given[n]) THEN [is |-> "unknown", n |-> 0] ELSE ans[a]]
  /\ given' = [given EXCEPT ![n] = << >>]
  /\ UNCHANGED <<log, tail, out, held, bus, cur, seen, msgs>>

Learn(n) ==
  /\ OutsideFacts /\ ~out[n]
  /\ out' = [out EXCEPT ![n] = TRUE]
  /\ UNCHANGED <<storeVars, app, queue, run, high, sessVars, readVars, spent>>

------------------------------------------------------------------------------
(* Handing over to the node that is seen as the owner, which exists for speed. Commands whose paths have nothing waiting here and hold
   nothing go to another node in a batch, whose answer is passed on. (What gathers behind a batch under way has not arrived yet, here.)
   Without an answer they come back to this node's own queue, and count as proposed: accepted, conflict or unknown, never refused. The
   other node serves a batch once, none that is older than another of that node which it has served, and none of which anything is past
   its deadline. *)
HandOver(n, S) ==
  LET cmds == SelectSeq([a \in Attempts |-> a], LAMBDA a : a \in S) IN
  /\ spent.overs < MaxOvers
  /\ given[n] = << >> \/ Mutant = "TwoUnderWay"
  /\ \A a \in S :
       /\ ans[a].is = "new"
       /\ \A b \in 1..(a-1) : (Sess(b) = Sess(a) \/ Key(b) = Key(a)) => b \in S \/ ans[b].is # "new"
       /\ OneByOne => \A b \in 1..(a-1) : Key(b) = Key(a) => b \notin S /\ ans[b].is \notin {"new", "open"}
       /\ home[Sess(a)] \in {NoNode, n}
       /\ Mutant = "TwoPlaces" \/ (held[Sess(a)] = << >> /\ \A b \in Range(queue[n]) : Sess(b) # Sess(a))
  /\ home' = [s \in Sessions |-> IF s \notin Singles /\ \E a \in S : Sess(a) = s THEN n ELSE home[s]]
  /\ given' = [given EXCEPT ![n] = @ \o cmds]
  /\ \E m \in Nodes \ {n} : msgs' = msgs \cup {[cmds |-> cmds, from |-> n, to |-> m, no |-> spent.overs]}
  /\ ans' = [a \in All |-> IF a \in S THEN [is |-> "open", n |-> 0] ELSE ans[a]]
  /\ arr' = [a \in All |-> IF a \in S THEN Len(log) ELSE arr[a]]
  /\ spent' = [spent EXCEPT !.overs = @ + 1]
  /\ UNCHANGED <<storeVars, app, queue, run, out, high, held, bus, cur, seen>>

Batches == {S \in SUBSET Attempts : S # {} /\ Cardinality(S) <= MaxBatch}

Deliver(x) ==
  LET first == \A i \in DOMAIN x.cmds : ans[x.cmds[i] + N].is = "new"
      copies == [i \in DOMAIN x.cmds |-> x.cmds[i] + IF first THEN N ELSE 2 * N]
      S == Range(copies)
  IN
  /\ msgs' = IF Mutant = "ServedTwice" /\ first THEN msgs ELSE {y \in msgs : <<y.from, y.to>> # <<x.from, x.to>> \/ y.no > x.no}
  /\ queue' = [queue EXCEPT ![x.to] = @ \o IF Mutant = "BatchUnordered" THEN [i \in DOMAIN copies |-> copies[Len(copies) + 1 - i]] ELSE copies]
  /\ ans' = [a \in All |-> IF a \in S THEN [is |-> "open", n |-> 0] ELSE ans[a]]
  /\ arr' = [a \in All |-> IF a \in S THEN Len(log) ELSE arr[a]]
  /\ UNCHANGED <<storeVars, app, run, out, high, home, held, bus, cur, seen, given, spent>>

(* These of n's batch, answered unknown, are held by their paths, in order. *)
HeldToo(h, n, S) == [s \in Sessions |->
  LET late == SelectSeq(given[n], LAMBDA a : a \in S /\ Sess(a) = s)
      refs == [i \in 1..Len(late) |-> Ref(late[i])]
  IN IF s \in Singles \/ late = << >> THEN h[s] ELSE HoldMore(<<>>, HoldMore(refs, h[s]))]
Here(n, S) == given' = [given EXCEPT ![n] = S]
Left(n, S) == SelectSeq(given[n], LAMBDA a : a \notin S)

(* The answer comes back, when all of the batch has one. *)
HandedBack(n) ==
  /\ given[n] # << >>
  /\ LET S == Range(given[n]) IN
       \E by \in {N, 2 * N} :
         LET lost == {a \in S : ans[a + by].is = "unknown"} IN
         /\ \A a \in S : ans[a + by].is \notin {"new", "open"}
         /\ Settled(S, [a \in S |-> ans[a + by]])
         /\ held' = HeldToo(Release(n, S \ lost, {}), n, IF Mutant = "UnknownPassedOver" THEN {} ELSE lost)
  /\ Here(n, << >>)
  /\ UNCHANGED <<storeVars, app, queue, run, out, home, bus, cur, seen, msgs, spent>>

(* No answer within a second. *)
TakeBack(n) ==
  /\ given[n] # << >>
  /\ queue' = [queue EXCEPT ![n] = @ \o given[n]]
  /\ high' = [a \in All |-> IF a \in Range(given[n]) THEN Handed ELSE high[a]]
  /\ Here(n, << >>)
  /\ UNCHANGED <<storeVars, app, run, out, sessVars, bus, cur, seen, msgs, spent>>

(* The deadline, while it is away: with what its path sent after it. *)
ExpireAway(n, a) ==
  LET S == {b \in Range(given[n]) : Sess(b) = Sess(a) /\ b >= a} IN
  /\ GoneElsewhere(a)
  /\ Settled(S, [x \in S |-> [is |-> "unknown", n |-> 0]])
  /\ held' = HeldToo(held, n, S)
  /\ Here(n, Left(n, S))
  /\ NotWorthServing(a)
  /\ UNCHANGED <<storeVars, app, queue, run, out, home, bus, cur, seen, spent>>

------------------------------------------------------------------------------
(* Bob's device follows the lane by number, at any node, also one that is behind it (which then shows nothing). An entry
   is shown if Bob was a member just before it. *)
Show(n) ==
  /\ Follow
  /\ cur < Len(app[n])
  /\ LET e == app[n][cur + 1]
         judged == First(app[n], cur)
     IN seen' = IF IsMember(judged, Conv(e.a), Bob) THEN Append(seen, e) ELSE seen
  /\ cur' = cur + 1
  /\ UNCHANGED <<storeVars, nodeVars, sessVars, bus, overVars, spent>>

(* A mutant: access is judged at T, and then a page is read from the store, beyond T. *)
PageBeyond(n) ==
  /\ Mutant = "JudgedThenRead" /\ Follow
  /\ cur < Len(log)
  /\ LET e == log[cur + 1]
     IN seen' = IF IsMember(First(app[n], cur), Conv(e.a), Bob) THEN Append(seen, e) ELSE seen
  /\ cur' = cur + 1
  /\ UNCHANGED <<storeVars, nodeVars, sessVars, bus, overVars, spent>>

------------------------------------------------------------------------------
Init ==
  /\ log = << >> /\ tail = << >> /\ fly = {}
  /\ app = [n \in Nodes |-> << >>] /\ queue = [n \in Nodes |-> << >>] /\ run = [n \in Nodes |-> << >>]
  /\ out = [n \in Nodes |-> FALSE] /\ high = [a \in All |-> 0]
  /\ home = [s \in Sessions |-> NoNode] /\ held = [s \in Sessions |-> << >>]
  /\ ans = [a \in All |-> [is |-> "new", n |-> 0]] /\ arr = [a \in All |-> 0]
  /\ bus = {} /\ cur = 0 /\ seen = << >>
  /\ spent = [giveUps |-> 0, elections |-> 0, crashes |-> 0, overs |-> 0]
  /\ given = [n \in Nodes |-> << >>] /\ msgs = {}

StoreStep == (\E o \in fly : Land(o)) \/ Commit \/ Election
NodeStep(n) ==
  \/ Propose(n) \/ AllWell(n) \/ GiveUp(n) \/ CatchUp(n) \/ EarlyRing(n) \/ Crash(n) \/ Learn(n)
  \/ HandedBack(n) \/ TakeBack(n) \/ (\E S \in Batches : HandOver(n, S)) \/ (\E a \in Range(given[n]) : ExpireAway(n, a))
  \/ \E a \in Range(queue[n]) : LookUp(n, a) \/ Refuse(n, a) \/ Expire(n, a) \/ AbsenceFails(n, a)
Next ==
  \/ \E a \in Attempts : Arrive(a)
  \/ \E x \in msgs : Deliver(x)
  \/ StoreStep
  \/ \E n \in Nodes : NodeStep(n) \/ Show(n) \/ PageBeyond(n)

Spec == Init /\ [][Next]_vars

(* With a store that stays healthy every command that arrived is settled. *)
HealthyCatchUp(n) == CatchUp(n) /\ Len(app'[n]) = Len(log)
Fair ==
  /\ WF_vars(\E o \in fly : Land(o)) /\ WF_vars(Commit)
  /\ \A n \in Nodes :
       /\ WF_vars(Propose(n)) /\ WF_vars(AllWell(n)) /\ WF_vars(HealthyCatchUp(n))
       /\ WF_vars(GiveUp(n) /\ spent' = spent)
       /\ \A a \in Attempts : WF_vars(a \in Range(queue[n]) /\ LookUp(n, a)) /\ WF_vars(a \in Range(queue[n]) /\ Refuse(n, a))
LiveSpec == Spec /\ Fair
EveryCommandIsSettled == \A a \in Attempts : ans[a].is = "open" ~> ans[a].is # "open"

Symmetric == Permutations(Nodes)

------------------------------------------------------------------------------
(* What must hold. *)
Pairs == {<<i, j>> \in (1..Len(log)) \X (1..Len(log)) : i < j}
NoDup == \A p \in Pairs : <<Conv(log[p[1]].a), By(log[p[1]].a), Ref(log[p[1]].a)>> # <<Conv(log[p[2]].a), By(log[p[2]].a), Ref(log[p[2]].a)>>
DenseLane == \A i \in 1..Len(log) : log[i].n = i
DenseConversations == \A i \in 1..Len(log) : log[i].s = NextSeq(First(log, i - 1), Conv(log[i].a))
JudgedAtTail == \A i \in 1..Len(log) : Acceptable(First(log, log[i].n - 1), log[i].a)
AckedStored == \A a \in Attempts : ans[a].is = "accepted" =>
  \E d \in Range(log) : d.n = ans[a].n /\ <<Conv(d.a), By(d.a), Ref(d.a)>> = <<Conv(a), By(a), Ref(a)>>
RefIdempotent == \A a, b \in Attempts :
  (Conv(a) = Conv(b) /\ By(a) = By(b) /\ Ref(a) = Ref(b) /\ ans[a].is = "accepted" /\ ans[b].is = "accepted") => ans[a].n = ans[b].n
ConflictIsTrue == \A a \in Attempts : ans[a].is = "conflict" => \E d \in Range(log) : Key(d.a) = Key(a) /\ Body(d.a) # Body(a)
RefusedMeansNever == \A a \in Attempts : ans[a].is \in {"refused", "conflict"} => ~ \E d \in Range(log) : Orig(d.a) = a
(* A refusal is as if given at one moment between the command's arrival and now: its ref was not in the log when it arrived... *)
FirstResultStands == \A a \in Attempts : ans[a].is = "refused" => ~Has(Range(First(log, arr[a])), Key(a))
(* ...and some state of the conversation since then refuses it. *)
RefusedWithReason == \A a \in Attempts : (ans[a].is = "refused" /\ ~OutsideFacts) =>
  \E t \in arr[a]..Len(log) : ~Acceptable(First(log, t), a)
(* With clients that wait for an answer before they repeat: a refusal is about all that was sent under the ref so far. *)
RefusedRefNever == \A a \in Attempts : ans[a].is = "refused" => ~ \E d \in Range(log) : Key(d.a) = Key(a) /\ Orig(d.a) <= a
SessionOrder == \A d, e \in Range(log) :
  (d.n < e.n /\ Kind(d.a) = "post" /\ Kind(e.a) = "post" /\ By(d.a) = By(e.a) /\ Conv(d.a) = Conv(e.a)) => Ref(d.a) <= Ref(e.a)
NoPhantom == Range(seen) \subseteq Range(log)
SameOrder == \A n \in Nodes : app[n] = First(log, Len(app[n]))
RECURSIVE Visible(_, _)
Visible(L, i) == IF i = 0 THEN << >> ELSE
  Visible(L, i - 1) \o (IF IsMember(First(L, i - 1), Conv(L[i].a), Bob) THEN <<L[i]>> ELSE << >>)
ReadersPrefix == cur <= Len(log) /\ seen = Visible(log, cur)
NothingAfterRemoval == \A e \in Range(seen) : e.n <= Len(log) => IsMember(First(log, e.n - 1), Conv(e.a), Bob)

------------------------------------------------------------------------------
(* What clients send. Sessions are paths: the attempts of one arrive in order; attempts of different ones at any time, at any node. *)
C(kind, conv, by, ref, body, sess) == [kind |-> kind, conv |-> conv, by |-> by, ref |-> ref, body |-> body, sess |-> sess]

Post(by, ref, body, sess) == C("post", 1, by, ref, body, sess)
Remove(who, ref, sess)    == C("remove", 1, "eve", ref, who, sess)
Join(who, ref, sess)      == C("join", 1, "eve", ref, who, sess)

(* A post, and a repetition while its sender is removed. *)
Retry    == << Post(Bob, 1, "x", 1), Post(Bob, 1, "x", 2), Remove(Bob, 1, 3) >>
(* The same, and a repetition with another body. *)
Conflict == << Post(Bob, 1, "x", 1), Post(Bob, 1, "y", 2), Remove(Bob, 1, 3) >>
Retries  == << Post(Bob, 1, "x", 1), Post(Bob, 1, "x", 2), Post(Bob, 1, "y", 3), Remove(Bob, 1, 4) >>
(* Two senders with the same ref, and a second conversation in the lane. *)
Lanes    == << Post(Bob, 1, "x", 1), Post("amy", 1, "x", 2), C("post", 2, Bob, 1, "x", 3) >>
(* Dan, who is outside, is let in, posts, and repeats. *)
Joins    == << Join("dan", 1, 1), Post("dan", 1, "x", 2), Post("dan", 1, "x", 3) >>
(* Dan posts too early, and again, and is let in. *)
Early    == << Post("dan", 1, "x", 1), Post("dan", 1, "x", 2), Join("dan", 1, 3) >>
(* Bob posts, is removed, comes back, and repeats. *)
Returns  == << Post(Bob, 1, "x", 1), Remove(Bob, 1, 2), Join(Bob, 2, 3), Post(Bob, 1, "x", 4) >>
(* Bob is removed, comes back and posts, all at once, and repeats. *)
Between  == << Remove(Bob, 1, 1), Join(Bob, 2, 1), Post(Bob, 1, "x", 2), Post(Bob, 1, "x", 3) >>
(* A recall, and a repetition with another body. *)
Recalls  == << Post(Bob, 1, "x", 1), C("recall", 1, Bob, 2, 1, 1), Post(Bob, 1, "y", 2) >>
(* One path: the second of three posts is repeated. *)
Second   == << Post(Bob, 1, "x", 1), Post(Bob, 2, "x", 1), Post(Bob, 3, "x", 1), Post(Bob, 2, "x", 1) >>
(* One path: the client repeats each post when it hears its unknown, and goes on meanwhile. *)
Hasty    == << Post(Bob, 1, "x", 1), Post(Bob, 2, "x", 1), Post(Bob, 1, "x", 1), Post(Bob, 3, "x", 1), Post(Bob, 2, "x", 1) >>
(* Two paths: two posts at one node; after a reconnect the same at another. *)
Paths    == << Post(Bob, 1, "x", 1), Post(Bob, 2, "x", 1), Post(Bob, 1, "x", 2), Post(Bob, 2, "x", 2) >>
(* The same while the sender is let in: what the order of a session cannot promise. *)
PathsJoin == << Post("dan", 1, "x", 1), Post("dan", 2, "x", 1), Join("dan", 1, 2), Post("dan", 1, "x", 3), Post("dan", 2, "x", 3) >>
(* Two posts of two people; one post and a removal; one post. *)
Two      == << Post(Bob, 1, "x", 1), Post("amy", 1, "x", 2) >>
Three    == << Post(Bob, 1, "x", 1), Post(Bob, 2, "x", 1), Post("amy", 1, "x", 2) >>
Leave    == << Post(Bob, 1, "x", 1), Remove(Bob, 1, 2) >>
Twice    == << Post(Bob, 1, "x", 1), Post(Bob, 1, "x", 2) >>
LeaveTwo == << Post(Bob, 1, "x", 1), Post("amy", 1, "x", 2), Remove(Bob, 1, 3) >>
One      == << Post(Bob, 1, "x", 1) >>
(* Dan posts too early and is let in; the post is handed over. *)
Over     == << Post("dan", 1, "x", 1), Join("dan", 1, 2) >>
(* Bob posts and repeats while he is removed; any of it may be handed over. *)
OverRetry == << Post(Bob, 1, "x", 1), Post(Bob, 1, "x", 2), Remove(Bob, 1, 3) >>
(* One path of two posts. *)
OverPath == << Post(Bob, 1, "x", 1), Post(Bob, 2, "x", 1) >>
(* The same, and the first is repeated. *)
OverAgain == << Post(Bob, 1, "x", 1), Post(Bob, 2, "x", 1), Post(Bob, 1, "x", 1) >>
(* Dan posts twice on one path, too early, and is let in. *)
OverTwo  == << Post("dan", 1, "x", 1), Post("dan", 2, "x", 1), Join("dan", 1, 2) >>
(* A post of Dan, who is outside, and one of Bob, which may go with it. *)
OverPair == << Post("dan", 1, "x", 1), Post(Bob, 1, "x", 2) >>
(* For random runs. *)
Many     == << Post(Bob, 1, "x", 1), Post(Bob, 2, "x", 1), Post(Bob, 1, "x", 2), Post(Bob, 2, "x", 2), Post("amy", 1, "x", 3), Post("amy", 1, "y", 4),
               C("post", 2, "amy", 2, "x", 3), Remove(Bob, 1, 5), Join(Bob, 2, 5), Post(Bob, 3, "x", 2) >>
=============================================================================
