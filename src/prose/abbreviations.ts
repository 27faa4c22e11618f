/** Abbreviations whose full stop never ends a sentence before a capital. */
export const neverEnds = new Set(
  'e.g i.e eg ie cf vs mr mrs ms dr prof st no nos art arts sec para fig al approx est dept attn tel fax nr bzw z.b d.h p.o viz resp rev hon jr sr str'.split(
    ' ',
  ),
)

/** Abbreviations that end a sentence only when a new clause plainly begins after them. */
export const seldomEnds = new Set(
  'inc ltd llc corp co plc gmbh l.l.c s.a b.v n.v u.s u.k e.u u.s.a p.c a.m p.m etc jan feb mar apr jun jul aug sept sep oct nov dec d.c ph.d'.split(
    ' ',
  ),
)

/** Words that open a clause: after one of these a capital is a new sentence, not a name. */
export const clauseOpeners = new Set(
  (
    'we our you your this that these those the a an if when where while such any all it they their there please for in by on to as at with however ' +
    'although once unless except no not some each both other many most users visitors customers information personal data cookies what how who why ' +
    'also additionally further furthermore moreover finally under upon see every under because since where only certain note'
  ).split(' '),
)

/** Finite verbs that show a capitalised name before them to be the subject of a new sentence. */
export const finiteVerbs = new Set(
  (
    'is are was were has have had will would may might can could shall should must does do uses use collects provides offers shares stores processes ' +
    'receives requires respects reserves keeps complies adheres participates operates analyzes analyses sets helps acts allows transmits sends then'
  ).split(' '),
)
