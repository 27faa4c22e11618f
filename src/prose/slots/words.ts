const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/u))

/** Words that never stand inside a noun phrase before its head: what stands left of them belongs to another phrase. */
export const BOUNDARY_WORDS = set(`
  a an the this that these those such any each every some all both either neither no our your their his her its my another certain
  various following other same own
  of in on at by to for from with without within into onto upon through throughout via about regarding concerning under over between among
  as than per during before after since until against across outside inside behind beyond toward towards
  and or but nor if when where while whether because although though unless so that which who whom whose what how why
  i you we they he she it us them me him ours yours theirs itself themselves yourself anyone everyone someone nobody others
  is are was were be been being am do does did done has have had having may might can could will would shall should must
  not never also only just simply further then therefore however still already otherwise directly voluntarily automatically
  knowingly e.g i.e etc like please including includes include included such-as namely more most least less many much several few
  using means mean`)

/** Verbs of prose about data in all forms, without those that also stand before a noun as its kind ("contact details"). */
const VERBS =
  'collect gather obtain receive capture solicit acquire store retain keep hold maintain use process utilize utilise analyze analyse handle disclose provide give transmit send release reveal submit enter supply furnish share ' +
  'sell rent lease trade disseminate combine link merge associate delete erase remove destroy correct rectify amend modify change edit see view protect safeguard secure encrypt ' +
  'include contain comprise ask need require identify recognize recognise determine help allow enable improve create make post publish display show track monitor ' +
  'place set read learn tell know become treat consider limit restrict prevent verify confirm respond notify inform choose decide visit browse install click follow opt agree consent ' +
  'have let get put take bring see buy purchase transfer pass forward import export upload download access save input concern govern apply guard facilitate deliver ' +
  'update manage exercise destroy lodge inspect promote answer respond enforce comply investigate detect hire engage employ operate sign fill want wish lose rely compare compile enrich validate withdraw start continue assist reset anonymize anonymise archive decline refuse accept sync synchronize move migrate grant revoke'
const DOUBLED = /^(?:set|get|put|let|opt)$/u
const IRREGULAR =
  'held kept gave given sent sold leased got took taken saw seen knew known chose chosen bought brought made read told left lost found shown written'

export const VERB_FORMS: ReadonlySet<string> = new Set([
  ...VERBS.split(' ').flatMap((verb) => {
    const stem = verb.endsWith('e') ? verb.slice(0, -1) : DOUBLED.test(verb) ? verb + (verb.at(-1) ?? '') : verb
    const past = verb.endsWith('y') && !/[aeo]y$/u.test(verb) ? `${verb.slice(0, -1)}ied` : `${stem}ed`
    const present =
      verb.endsWith('y') && !/[aeo]y$/u.test(verb)
        ? `${verb.slice(0, -1)}ies`
        : `${verb}${/(?:s|sh|ch)$/u.test(verb) ? 'es' : 's'}`
    return [verb, past, present, `${stem}ing`]
  }),
  ...IRREGULAR.split(' '),
])

/** Forms of those verbs that describe the noun after them: "collected data", "shared files", "tracking pixels". */
export const DESCRIBING = set(`
  collected shared stored submitted provided requested encrypted combined linked aggregated displayed transmitted posted published uploaded
  saved tracking browsing viewing processing monitoring installed required identifying targeted purchased purchasing restricted protected associated connected`)
