/** Whom a person can complain to (GDPR art. 13(2)(d), 77): the authority of the country where the person lives. */
export interface Authority {
  readonly name: string
  readonly website: string
  /** Whether somebody looked it up for this list. */
  readonly status: 'verified' | 'unverified'
}

const listed = (rows: string): Readonly<Record<string, Authority>> =>
  Object.fromEntries(
    rows
      .trim()
      .split('\n')
      .map((row) => {
        const [country = '', name = '', website = ''] = row.split('|').map((part) => part.trim())
        return [country, { name, website: `https://${website}`, status: 'unverified' as const }]
      }),
  )

/** By country (ISO 3166-1). Written from what is generally known: look yours up, and name it under `recourse`. */
export const authorities: Readonly<Record<string, Authority>> = listed(`
  AT | Datenschutzbehörde | www.dsb.gv.at
  BE | Autorité de protection des données – Gegevensbeschermingsautoriteit | www.dataprotectionauthority.be
  BG | Commission for Personal Data Protection | www.cpdp.bg
  HR | Agencija za zaštitu osobnih podataka | azop.hr
  CY | Commissioner for Personal Data Protection | www.dataprotection.gov.cy
  CZ | Úřad pro ochranu osobních údajů | uoou.gov.cz
  DK | Datatilsynet | www.datatilsynet.dk
  EE | Andmekaitse Inspektsioon | www.aki.ee
  FI | Tietosuojavaltuutetun toimisto | tietosuoja.fi
  FR | Commission nationale de l’informatique et des libertés (CNIL) | www.cnil.fr
  DE | Bundesbeauftragte für den Datenschutz und die Informationsfreiheit, or the authority of your state | www.bfdi.bund.de
  GR | Hellenic Data Protection Authority | www.dpa.gr
  HU | Nemzeti Adatvédelmi és Információszabadság Hatóság | www.naih.hu
  IE | Data Protection Commission | www.dataprotection.ie
  IT | Garante per la protezione dei dati personali | www.garanteprivacy.it
  LV | Datu valsts inspekcija | www.dvi.gov.lv
  LT | Valstybinė duomenų apsaugos inspekcija | vdai.lrv.lt
  LU | Commission nationale pour la protection des données | cnpd.public.lu
  MT | Office of the Information and Data Protection Commissioner | idpc.org.mt
  NL | Autoriteit Persoonsgegevens | www.autoriteitpersoonsgegevens.nl
  PL | Urząd Ochrony Danych Osobowych | uodo.gov.pl
  PT | Comissão Nacional de Proteção de Dados | www.cnpd.pt
  RO | Autoritatea Națională de Supraveghere a Prelucrării Datelor cu Caracter Personal | www.dataprotection.ro
  SK | Úrad na ochranu osobných údajov | dataprotection.gov.sk
  SI | Informacijski pooblaščenec | www.ip-rs.si
  ES | Agencia Española de Protección de Datos | www.aepd.es
  SE | Integritetsskyddsmyndigheten | www.imy.se
  IS | Persónuvernd | www.personuvernd.is
  LI | Datenschutzstelle | www.datenschutzstelle.li
  NO | Datatilsynet | www.datatilsynet.no
  GB | Information Commissioner’s Office | ico.org.uk
  CH | Eidgenössischer Datenschutz- und Öffentlichkeitsbeauftragter | www.edoeb.admin.ch
  US | California Privacy Protection Agency (people in California), or your state’s attorney general | cppa.ca.gov
  CA | Office of the Privacy Commissioner of Canada | www.priv.gc.ca
  AU | Office of the Australian Information Commissioner | www.oaic.gov.au
  NZ | Office of the Privacy Commissioner | www.privacy.org.nz
  BR | Autoridade Nacional de Proteção de Dados | www.gov.br/anpd
`)
