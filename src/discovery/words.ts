/** Words of schemas, from several languages and abbreviations, as the English words that the rules of names read. */

const written = `
email: mail emailaddress emailaddr emails eposta courriel correo mailaddr posteo korreo elettronica
name: nom nombre nome naam nazwa namen fullname nazwy
first name: vorname prenom givenname firstname fname forename voornaam primeiro imiona imie
last name: nachname familienname surname lastname lname apellido apellidos cognome achternaam sobrenome sobrenom apelido familyname nazwisko famille
phone: tel telephone telefon telefono telefoon telefone fax mobile handy mobil movil cellulare celular gsm telnr msisdn telephonenumber phonenumber portable rufnummer cell pager telefax komorka
street: strasse rue calle via straat rua ulica str straße address1 address2 addr1 addr2 addressline hausnummer dom
address: addr adresse direccion indirizzo adres endereco morada anschrift domicilio postaladdress adress
city: stadt ort ville ciudad citta stad cidade miasto town wohnort localidad comune plaats locality
postcode: zip plz postal postleitzahl postalcode zipcode cap codigopostal kodpocztowy cep cp
country: land pays pais paese kraj nation
state: bundesland provincia province region
birth: geburt geburtstag geburtsdatum naissance nacimiento nascita geboorte nascimento urodzenia birthday birthdate dob bday birthplace geboortedatum dateofbirth
gender: geschlecht sexe sexo sesso geslacht plec sex
user: usr benutzer utilisateur usuario utente gebruiker uzytkownik nutzer usuari anwender
customer: kunde kunden client clients cliente clienti klant klient clientes cust kundin klanten customers
employee: mitarbeiter employe empleado dipendente werknemer pracownik funcionario personal emp angestellte arbeitnehmer
member: mitglied membre miembro membro lid czlonek
owner: besitzer proprietaire propietario proprietario eigenaar wlasciciel inhaber dono
author: autor auteur autore verfasser
creator: ersteller createur creador creatore
contact: kontakt ansprechpartner contacto contatto contato kontaktperson
person: personne persona pessoa osoba persoon people persons persone personas
patient: paziente paciente pacjent
student: schueler etudiant estudiante studente aluno uczen pupil
login: username userid loginname benutzername identifiant nickname nick screenname useraccount uname gecos pseudo
password: passwd pwd passwort pass motdepasse contrasena senha haslo wachtwoord passphrase passwordhash kennwort
message: msg nachricht mensaje messaggio bericht mensagem wiadomosc
comment: kommentar commentaire comentario commento opmerking komentarz comments remark remarks bemerkung bemerkungen
note: notes notiz notizen nota notas notatka memo observaciones
subject: betreff objet asunto oggetto onderwerp assunto temat
description: beschreibung descripcion descrizione beschrijving descricao opis desc descr
text: txt texte texto testo tekst
body: inhalt contenu contenido contenuto inhoud conteudo tresc content contents
date: datum fecha data_ dt giorno
id: ident uuid guid pk kennung oid rowid
number: num nr no nummer numero
ip: ipaddr ipaddress ipv4 ipv6 remoteaddr remoteip clientip
mac: macaddr macaddress hwaddr ether macadr physaddress
account: konto compte cuenta conto rekening conta acct
card: karte carte tarjeta carta kaart cartao karta ccn creditcard cardnumber kreditkarte
national id: ssn pesel nino bsn nif nie dni cpf codicefiscale steuerid sozialversicherung nationalid passport passportno passeport reisepass ausweis personalausweis insee nir personnummer svnr taxid personalid socialsecurity fiscalcode
created: erstellt cree creado creato gemaakt criado utworzono creation createdat createdon ctime dateadded datecreated inserted added erfasst angelegt
updated: geaendert modifie modificado modificato gewijzigd zmieniono modified changed updatedat modifiedon mtime edited lastmodified touched lastupdated aktualisiert
message id: messageid
signature: unterschrift firma_ podpis
organization: organisation company employer firm firma entreprise empresa azienda bedrijf unternehmen arbeitgeber org
session: sess sitzung sid_
latitude: lat breitengrad
longitude: lon lng laengengrad
host: hostname sysname nodename computername
salary: gehalt salaire salario stipendio salaris lohn income wage
picture: avatar photo foto bild image portrait
group: gruppe groupe grupo gruppo groep grupa
type: typ tipo kind art
count: anzahl cnt total
time: uhrzeit heure hora ora tijd ts timestamp
`

/** Words that only help to take run-together names apart. */
const others = `
last first middle maiden real full display given family work home mobile billing shipping delivery object reference parent child table column key value
by of to from cc bcc at on in is has the and for with default max min size length width height format template flag enabled disabled active visible status
level rank order sort priority position index token hash salt secret auth api access refresh certificate code data info free form content encoding header headers
file path url uri link title label tag category class model version language lang locale timezone zone theme currency price amount quantity product item
event log history agent browser device serial sensor port interface vlan switch router rule alert service process state queue ticket topic list mailing
attachment document page revision summary search keyword preference setting settings property attribute field custom old new local remote sender recipient
requestor requester assignee editor modifier updater approver reviewer holder manager supervisor participant attendee organizer guest visitor subscriber
operator admin administrator moderator principal actor profile staff doctor teacher candidate applicant tenant site domain server database schema due closed
resolved deleted expires expiry start started end ended effective merged told via immediate method request response referer referrer payment invoice bank iban bic swift
account holder tax vat year month day week score visits seen contactinfo bio about biography marital religion ethnic health diagnosis blood disability nationality
location geo gps coordinates place imei imsi vehicle plate license licence passport worked left sla reply reply-to answer question post caption quote feedback review bio
type name number date digest smime pgp gpg ssh large sys auth pass plain html xml json raw blob job
`

const canonical = new Map<string, readonly string[]>()
for (const line of written.trim().split('\n')) {
  const [meaning = '', words = ''] = line.split(':')
  for (const word of words.trim().split(/\s+/)) canonical.set(word, meaning.split(' '))
}
const lexicon = new Set<string>(others.trim().split(/\s+/))
for (const [word, meaning] of canonical) {
  lexicon.add(word)
  for (const one of meaning) lexicon.add(one)
}

const LONGEST_TAKEN_APART = 40

/** Run-together words taken apart where known words cover them whole; else the word as it is. */
function takeApart(word: string): readonly string[] {
  if (lexicon.has(word) || word.length < 5 || word.length > LONGEST_TAKEN_APART) return [word]
  const best: (readonly string[] | undefined)[] = [[]]
  for (let end = 1; end <= word.length; end++) {
    for (let start = 0; start < end; start++) {
      const before = best[start]
      const piece = word.slice(start, end)
      const fits = lexicon.has(piece) && (piece.length >= 3 || /^(id|by|ip|to|no|nr|is|at|on)$/.test(piece))
      if (before === undefined || !fits) continue
      const now = best[end]
      if (now === undefined || before.length + 1 < now.length) best[end] = [...before, piece]
    }
  }
  return best[word.length] ?? [word]
}

function singular(word: string): string {
  if (canonical.has(word) || word.length < 4 || !word.endsWith('s') || /(ss|us|is|ws)$/.test(word)) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return /(sses|xes|ches|shes)$/.test(word) ? word.slice(0, -2) : word.slice(0, -1)
}

/** The pieces of a name as written, folded to lower case and plain letters: `c_Straße2` → `c`, `strasse`, `2`. */
export function piecesOf(name: string): readonly string[] {
  return name
    .slice(0, 200)
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((piece) => piece !== '')
}

/** The English words that pieces of a name stand for. */
export function meaningsOf(pieces: readonly string[]): readonly string[] {
  return pieces
    .flatMap((piece) => takeApart(canonical.has(piece) ? piece : piece.replace(/^([a-z]{3,})\d{1,2}$/, '$1')))
    .map((piece) => (lexicon.has(piece) ? piece : singular(piece)))
    .flatMap((piece) => canonical.get(piece) ?? canonical.get(singular(piece)) ?? [singular(piece)])
}
